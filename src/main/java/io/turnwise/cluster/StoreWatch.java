package io.turnwise.cluster;

import io.turnwise.journal.Outage;
import io.turnwise.projection.Redis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Asks both stores from time to time whether they are there, so that an outage is known and its end is, too. */
final class StoreWatch {

    /** More than what is left of any page: a disk that is full does not take it. */
    private static final int PROBE_BYTES = 100_000;

    private final Engine engine;
    private final Redis redis;
    private final Duration interval;
    private volatile boolean stopped;

    StoreWatch(Engine engine, Redis redis) {
        this.engine = engine;
        this.redis = redis;
        this.interval = engine.config().getDuration("turnwise.stores.ask-interval");
    }

    void start() {
        repeat(engine.outage(), () -> CompletableFuture.runAsync(this::askPostgres, engine.blocking()));
        repeat(redis.outage(), () -> redis.commands().thenComposeAsync(commands -> commands.ping(), Runnable::run));
    }

    /** Stores that are stopped with the node are not away. */
    void stop() {
        stopped = true;
    }

    private void repeat(Outage outage, Supplier<CompletionStage<?>> ask) {
        engine.system()
                .scheduler()
                .scheduleOnce(interval, () -> once(outage, ask), engine.system().executionContext());
    }

    private void once(Outage outage, Supplier<CompletionStage<?>> ask) {
        ask.get()
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (stopped) {
                                return;
                            }
                            if (failure == null) {
                                outage.answered();
                            } else {
                                outage.unanswered(failure);
                            }
                            repeat(outage, ask);
                        },
                        Runnable::run);
    }

    /** One that answers may still be unable to write, so after an outage it has to show that, too. */
    private void askPostgres() {
        Jdbi jdbi = engine.jdbi();
        if (engine.outage().isAway()) {
            jdbi.useHandle(StoreWatch::writeAndRollBack);
        } else {
            jdbi.useHandle(handle -> handle.execute("SELECT 1"));
        }
    }

    private static void writeAndRollBack(Handle handle) {
        handle.begin();
        try {
            handle.execute(
                    "INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id, event_ser_manifest,"
                            + " event_payload) VALUES ('probe', txid_current(), '', 0, '', convert_to(repeat('x', ?), 'UTF8'))",
                    PROBE_BYTES);
        } finally {
            handle.rollback();
        }
    }
}
