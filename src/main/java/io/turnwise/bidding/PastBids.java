package io.turnwise.bidding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.typesafe.config.Config;
import io.turnwise.http.ProblemException;
import io.turnwise.journal.History;
import io.turnwise.journal.Replay;
import io.turnwise.turn.TurnRejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All bids of a session, from its journal: told from the beginning, so that the rank of that time comes with each.
 *
 * <p>Who reads page by page goes on where he stopped: where a page ended is remembered for a while.
 */
final class PastBids {

    /** A page, and whether anything of the session is known at all. */
    record Page(List<PastBid> bids, boolean isKnown) {}

    /**
     * Whose bids.
     *
     * @param bidder absent for everybody's
     */
    record Selection(
            String tenant, String session, @Nullable String bidder) {}

    private record Place(Selection selection, int passed) {}

    /** Reading in progress: bids of a selection one after the other. */
    final class Reading {
        private final Selection selection;
        private final History<BiddingSession> history;
        private int passed;

        private Reading(Selection selection) {
            this.selection = selection;
            this.history = history(selection.tenant(), selection.session());
        }

        /** The next bids, fewer than {@code limit} only at the end of what has happened so far. */
        List<PastBid> next(int limit) {
            List<PastBid> found = new ArrayList<>();
            history.tell((event, at, after) -> {
                PastBid bid = PastBid.of((SessionEvent) event, at, after);
                if (bid != null
                        && (selection.bidder() == null || selection.bidder().equals(bid.bidder()))) {
                    found.add(bid);
                }
                return found.size() < limit;
            });
            passed += found.size();
            return found;
        }

        /** Passes over bids without keeping them. */
        private void skip(int count) {
            int left = count;
            while (left > 0) {
                int passing = next(Math.min(left, SKIPPED_AT_ONCE)).size();
                left = passing == 0 ? 0 : left - passing;
            }
        }

        /** The next bids, read on the dispatcher for what blocks. */
        CompletableFuture<List<PastBid>> nextLater(int limit) {
            return CompletableFuture.supplyAsync(() -> next(limit), blocking);
        }

        boolean isKnown() {
            return history.version() > 0;
        }
    }

    private static final int SKIPPED_AT_ONCE = 1_000;

    /** What a reading takes beside its board, in standings. */
    private static final int READING_WEIGHT = 100;

    private final Replay replay;
    private final Executor blocking;
    private final Semaphore readings;
    private final Cache<Place, Reading> left;

    PastBids(Replay replay, Executor blocking, Config config) {
        Config history = config.getConfig("turnwise.history");
        this.replay = replay;
        this.blocking = blocking;
        this.readings = new Semaphore(history.getInt("readings-max"));
        this.left = Caffeine.newBuilder()
                .maximumWeight(history.getInt("standings-kept"))
                .weigher((Place place, Reading reading) ->
                        READING_WEIGHT + reading.history.state().board().size())
                .expireAfterWrite(history.getDuration("place-kept"))
                .build();
    }

    /**
     * The bids of a selection after the first {@code after}.
     *
     * @throws ProblemException (as failure) with {@code busy} when too many histories are read at the same time
     */
    CompletableFuture<Page> page(Selection selection, int after, int limit) {
        return limited(() -> {
            // taken out, because a reading is for one at a time
            Reading known = left.asMap().remove(new Place(selection, after));
            Reading reading = known == null ? new Reading(selection) : known;
            reading.skip(after - reading.passed);
            List<PastBid> bids = reading.next(limit);
            if (bids.size() == limit) {
                left.put(new Place(selection, reading.passed), reading);
            }
            return new Page(bids, reading.isKnown());
        });
    }

    /** A reading from the beginning, and its first bids. */
    CompletableFuture<Opened> open(Selection selection, int limit) {
        return limited(() -> {
            Reading reading = new Reading(selection);
            return new Opened(reading, reading.next(limit));
        });
    }

    /** A reading that has begun. */
    record Opened(Reading reading, List<PastBid> first) {}

    /** The history of the session itself. */
    History<BiddingSession> history(String tenant, String session) {
        return replay.history(BiddingSessions.DEFINITION, tenant + ":" + session);
    }

    /** Does what reads a history, unless too many do already. */
    <T> CompletableFuture<T> limited(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (!readings.tryAcquire()) {
                        throw new ProblemException(TurnRejection.BUSY);
                    }
                    try {
                        return work.get();
                    } finally {
                        readings.release();
                    }
                },
                blocking);
    }
}
