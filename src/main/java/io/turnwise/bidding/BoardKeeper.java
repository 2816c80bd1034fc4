package io.turnwise.bidding;

import akka.Done;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.turnwise.bidding.redis.RedisBoards;
import io.turnwise.bidding.redis.RedisBoards.Digest;
import io.turnwise.journal.Outage;
import io.turnwise.journal.Replay;
import io.turnwise.turn.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a sample of boards in Redis with what the journal says, and fills those that are wrong: after Redis was emptied,
 * restarted or failed over, boards are right again although nobody bids.
 */
final class BoardKeeper {

    private static final Logger log = LoggerFactory.getLogger(BoardKeeper.class);

    /** Redis may have been emptied or failed over: at the start nobody has looked, and later one wrong board is a sign of it. */
    private static final int MANY = 1_000;

    private final ActorSystem<?> system;
    private final SessionLists lists;
    private final RedisBoards boards;
    private final BoardProjection projection;
    private final Replay replay;
    private final Executor blocking;
    private final Duration interval;
    private final Duration grace;
    private final int sample;
    private final AtomicBoolean atStart = new AtomicBoolean(true);

    BoardKeeper(
            ActorSystem<?> system,
            SessionLists lists,
            RedisBoards boards,
            BoardProjection projection,
            Replay replay,
            Executor blocking) {
        this.system = system;
        this.lists = lists;
        this.boards = boards;
        this.projection = projection;
        this.replay = replay;
        this.blocking = blocking;
        Config config = system.settings().config().getConfig("turnwise.boards");
        this.interval = config.getDuration("compare-interval");
        this.grace = config.getDuration("compare-grace");
        this.sample = config.getInt("compare-sample");
    }

    void start() {
        system.scheduler()
                .scheduleWithFixedDelay(
                        grace,
                        interval,
                        () -> {
                            CompletableFuture<Done> unused = compareSample();
                        },
                        system.executionContext());
    }

    CompletableFuture<Done> compareSample() {
        return compareSome(atStart.getAndSet(false) ? MANY : sample)
                // one board that is wrong is seldom alone
                .thenCompose(filled -> filled == 0 ? CompletableFuture.completedFuture(0) : compareSome(MANY))
                .thenApply(filled -> Done.done())
                .exceptionally(failure -> {
                    if (!boards.isAway(failure) && !Outage.isPostgresAway(failure)) {
                        log.warn("Boards cannot be compared just now: {}", String.valueOf(failure));
                    }
                    return Done.done();
                });
    }

    private CompletableFuture<Integer> compareSome(int limit) {
        return CompletableFuture.supplyAsync(() -> lists.sample(limit), blocking)
                .thenCompose(this::compare)
                .thenApply(filled -> {
                    if (filled > 0) {
                        log.info(
                                "Boards in Redis that were missing, old or wrong, filled from the journal: {}", filled);
                    }
                    return filled;
                });
    }

    /** A board that is right as of its version, though the journal is further; it may be on its way. */
    private record Behind(SessionLists.Place session, OptionalLong version) {}

    /**
     * A board is compared with what the journal says of the version it is at, so bids that come meanwhile do not matter. One
     * that is right but old is wrong if it has not moved after a grace.
     *
     * @return how many were filled
     */
    CompletableFuture<Integer> compare(List<SessionLists.Place> sessions) {
        List<Behind> behind = new ArrayList<>();
        CompletableFuture<Integer> filled = CompletableFuture.completedFuture(0);
        for (SessionLists.Place session : sessions) {
            filled = filled.thenCompose(before -> look(session, behind).thenApply(now -> before + now));
        }
        Executor later = CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS, blocking);
        return filled.thenCompose(before -> behind.isEmpty()
                ? CompletableFuture.completedFuture(before)
                : CompletableFuture.supplyAsync(() -> before, later).thenCompose(waited -> fillStuck(behind, waited)));
    }

    private CompletableFuture<Integer> fillStuck(List<Behind> behind, int filledBefore) {
        CompletableFuture<Integer> filled = CompletableFuture.completedFuture(filledBefore);
        for (Behind each : behind) {
            filled = filled.thenCompose(before -> digest(each.session())
                    .thenCompose(now -> now.version().equals(each.version())
                            ? fill(each.session()).thenApply(one -> before + one)
                            : CompletableFuture.completedFuture(before)));
        }
        return filled;
    }

    private CompletableFuture<Integer> look(SessionLists.Place session, List<Behind> behind) {
        return digest(session).thenCompose(found -> {
            if (found.version().isEmpty()) { // so it is after every restart of Redis
                return fill(session);
            }
            long version = found.version().getAsLong();
            if (!found.equals(expected(session, version))) {
                log.warn("The board of {} in Redis is not what the journal says", session.entityId());
                // taken out first: one filled beside it could be older than what a turn made of it meanwhile
                return boards.forget(session.tenant(), session.id())
                        .toCompletableFuture()
                        .thenCompose(forgotten -> fill(session));
            }
            if (version < replay.version(BiddingSessions.DEFINITION, session.entityId())) {
                behind.add(new Behind(session, found.version()));
            }
            return CompletableFuture.completedFuture(0);
        });
    }

    private CompletableFuture<Integer> fill(SessionLists.Place session) {
        return projection.fill(session.tenant(), session.id()).thenApply(done -> 1);
    }

    private CompletableFuture<Digest> digest(SessionLists.Place session) {
        return boards.digest(session.tenant(), session.id())
                .thenApplyAsync(digest -> digest, blocking)
                .toCompletableFuture();
    }

    private Digest expected(SessionLists.Place session, long version) {
        Held<BiddingSession> held = replay.foldTo(BiddingSessions.DEFINITION, session.entityId(), version);
        return Digest.of(held.version(), BoardProjection.rows(held.state()));
    }
}
