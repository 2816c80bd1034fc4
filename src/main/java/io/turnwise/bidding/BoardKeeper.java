package io.turnwise.bidding;

import akka.Done;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.turnwise.bidding.redis.RedisBoards;
import io.turnwise.bidding.redis.RedisBoards.Digest;
import io.turnwise.journal.Replay;
import io.turnwise.turn.Held;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a sample of boards in Redis with what the journal says, and fills those that are wrong: after Redis was emptied,
 * restarted or failed over, boards are right again although nobody bids.
 */
final class BoardKeeper {

    private static final Logger log = LoggerFactory.getLogger(BoardKeeper.class);

    /** Redis may have been emptied while nobody looked. */
    private static final int SAMPLE_AT_START = 1_000;

    private final ActorSystem<?> system;
    private final SessionLists lists;
    private final RedisBoards boards;
    private final BoardProjection projection;
    private final Replay replay;
    private final Executor blocking;
    private final Duration interval;
    private final Duration grace;
    private final int sample;
    private final AtomicLong mended = new AtomicLong();
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

    /** How many boards were found wrong and filled anew since the start. */
    long mended() {
        return mended.get();
    }

    CompletableFuture<Done> compareSample() {
        return CompletableFuture.supplyAsync(
                        () -> lists.sample(atStart.getAndSet(false) ? SAMPLE_AT_START : sample), blocking)
                .thenCompose(sessions -> {
                    CompletableFuture<Done> all = CompletableFuture.completedFuture(Done.done());
                    for (SessionLists.Place session : sessions) {
                        all = all.thenCompose(done -> compare(session.tenant(), session.id()));
                    }
                    return all;
                })
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    log.warn("Boards cannot be compared just now: {}", String.valueOf(cause));
                    return Done.done();
                });
    }

    /**
     * A board is compared with what the journal says of the version it is at, so bids that come meanwhile do not matter. One
     * that is right but old is wrong if it has not moved after a grace.
     */
    CompletableFuture<Done> compare(String tenant, String session) {
        return digest(tenant, session).thenCompose(first -> {
            if (first.version().isEmpty()) { // so it is after every restart of Redis
                return fill(tenant, session, false);
            }
            long version = first.version().getAsLong();
            if (!first.equals(expected(tenant, session, version))) {
                log.warn("The board of {}:{} in Redis is not what the journal says", tenant, session);
                return fill(tenant, session, true);
            }
            if (version >= newest(tenant, session)) {
                return CompletableFuture.completedFuture(Done.done());
            }
            Executor later = CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS, blocking);
            return CompletableFuture.runAsync(() -> {}, later)
                    .thenCompose(waited -> digest(tenant, session))
                    .thenCompose(second -> second.version().equals(first.version())
                            ? fill(tenant, session, false)
                            : CompletableFuture.completedFuture(Done.done()));
        });
    }

    private CompletableFuture<Done> fill(String tenant, String session, boolean force) {
        mended.incrementAndGet();
        return projection.fill(tenant, session, force);
    }

    private CompletableFuture<Digest> digest(String tenant, String session) {
        return boards.digest(tenant, session)
                .thenApplyAsync(digest -> digest, blocking)
                .toCompletableFuture();
    }

    private Digest expected(String tenant, String session, long version) {
        Held<BiddingSession> held = replay.foldTo(BiddingSessions.DEFINITION, tenant + ":" + session, version);
        return Digest.of(held.version(), BoardProjection.rows(held.state()));
    }

    private long newest(String tenant, String session) {
        return replay.version(BiddingSessions.DEFINITION, tenant + ":" + session);
    }
}
