package io.turnwise.bidding;

import akka.Done;
import io.turnwise.bidding.redis.BoardRow;
import io.turnwise.bidding.redis.RedisBoards;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.journal.JournalRow;
import io.turnwise.journal.Replay;
import io.turnwise.projection.View;
import io.turnwise.turn.Event;
import io.turnwise.turn.Held;
import io.turnwise.turn.Turn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries turns to the boards in Redis: one call per session and batch, and a board that misses turns is filled anew. */
public final class BoardProjection implements View.Elsewhere {

    private static final Logger log = LoggerFactory.getLogger(BoardProjection.class);

    private static final String SERVES = "serves";

    private final RedisBoards boards;
    private final Replay replay;
    private final Executor blocking;
    private final AtomicLong filled = new AtomicLong();

    public BoardProjection(RedisBoards boards, Replay replay, Executor blocking) {
        this.boards = boards;
        this.replay = replay;
        this.blocking = blocking;
    }

    @Override
    public String name() {
        return "boards";
    }

    @Override
    public boolean wants(JournalRow row) {
        return row.type().equals(BiddingSessions.DEFINITION.type());
    }

    @Override
    public CompletionStage<Done> apply(List<JournalRow> rows) {
        Map<String, List<JournalRow>> bySession = rows.stream()
                .collect(Collectors.groupingBy(JournalRow::entityId, LinkedHashMap::new, Collectors.toList()));
        List<CompletableFuture<Done>> calls = bySession.values().stream()
                .map(ofOne -> apply(ofOne.get(0).tenant(), ofOne.get(0).id(), ofOne))
                .toList();
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).thenApply(all -> Done.done());
    }

    private CompletableFuture<Done> apply(String tenant, String session, List<JournalRow> rows) {
        return boards.apply(tenant, session, new Gathering().of(rows))
                .thenComposeAsync(
                        applied -> applied == RedisBoards.Applied.GAP
                                ? fill(tenant, session)
                                : CompletableFuture.completedFuture(Done.done()),
                        Runnable::run)
                .toCompletableFuture();
    }

    @Override
    public boolean isAway(Throwable failure) {
        return boards.isAway(failure);
    }

    /** Fills a session's board from the journal, unless the one that serves comes as far meanwhile. */
    CompletableFuture<Done> fill(String tenant, String session) {
        return CompletableFuture.supplyAsync(
                        () -> replay.fold(BiddingSessions.DEFINITION, tenant + ":" + session, true), blocking)
                .thenComposeAsync(held -> replace(tenant, session, held), Runnable::run);
    }

    private CompletionStage<Done> replace(String tenant, String session, Held<BiddingSession> held) {
        BiddingSession state = held.state();
        if (state.phase() == Phase.UNSCHEDULED) {
            return CompletableFuture.completedFuture(Done.done());
        }
        log.debug("Filling the board of {}:{} at version {} from the journal", tenant, session, held.version());
        filled.incrementAndGet();
        return boards.replace(
                        tenant,
                        session,
                        held.version(),
                        meta(state.knownTerms(), state.phase() == Phase.CANCELLED),
                        rows(state))
                .thenApplyAsync(swapped -> Done.done(), Runnable::run);
    }

    /** How many boards were found missing, old or wrong and filled anew since the start. */
    long filled() {
        return filled.get();
    }

    static List<BoardRow> rows(BiddingSession session) {
        return session.board().standings().stream().map(BoardRow::of).toList();
    }

    /** What is not for everybody, or not by rank alone, Redis does not serve: who asks is sent on to the entity. */
    private static Map<String, String> meta(SessionTerms terms, boolean isCancelled) {
        boolean isPlain = !terms.house().sealed() && terms.house().reservePriceCents() == null && !isCancelled;
        return Map.of("inventory", Integer.toString(terms.inventory()), SERVES, isPlain ? "1" : "0");
    }

    /** What a batch of one session's turns leaves behind: of each bidder the last bid alone. */
    private static final class Gathering {
        private final Map<String, BoardRow> changed = new LinkedHashMap<>();
        private final Map<String, String> names = new HashMap<>();
        private final Set<String> removed = new LinkedHashSet<>();
        private Map<String, String> meta = Map.of();
        private long version;

        RedisBoards.Change of(List<JournalRow> rows) {
            long firstVersion = rows.get(0).head().version();
            rows.forEach(row -> gather(row.happened()));
            return new RedisBoards.Change(firstVersion, version, meta, removed, changed.values());
        }

        private void gather(Turn turn) {
            version = turn.version() - 1;
            for (Turn.Entry entry : turn.entries()) {
                for (Event<?> event : entry.events()) {
                    version++;
                    gather((SessionEvent) event, entry.by(), entry.atMillis());
                }
            }
        }

        private void gather(SessionEvent event, String by, long atMillis) {
            if (event instanceof SessionEvent.SessionScheduled scheduled) {
                meta = meta(scheduled.terms(), false);
            } else if (event instanceof SessionEvent.SessionChanged change) {
                meta = meta(change.terms(), false);
            } else if (event instanceof SessionEvent.SessionCancelled) {
                meta = Map.of(SERVES, "0");
            } else if (event instanceof SessionEvent.BidderJoined joined) {
                names.put(by, joined.name());
            } else if (event instanceof SessionEvent.BidPlaced bid) {
                place(by, bid.priceCents(), bid.scoreMicros(), atMillis);
            } else if (event instanceof SessionEvent.ProxyBidPlaced bid) {
                place(bid.bidder(), bid.priceCents(), bid.scoreMicros(), atMillis);
            } else if (event instanceof SessionEvent.BidRetracted retracted) {
                changed.remove(retracted.bidder());
                names.remove(retracted.bidder());
                removed.add(retracted.bidder());
            }
        }

        private void place(String bidder, long priceCents, long scoreMicros, long atMillis) {
            removed.remove(bidder);
            changed.put(bidder, new BoardRow(bidder, names.get(bidder), priceCents, scoreMicros, version, atMillis));
        }
    }
}
