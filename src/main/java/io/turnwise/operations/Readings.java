package io.turnwise.operations;

import com.typesafe.config.Config;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets few look into the journal at the same time, where they may block. */
final class Readings {

    private final Executor blocking;
    private final Semaphore free;

    Readings(Executor blocking, Config config) {
        this.blocking = blocking;
        this.free = new Semaphore(config.getInt("turnwise.operations.readings-max"));
    }

    /**
     * Reads.
     *
     * @throws ProblemException {@code busy}, when too many do
     */
    <T> CompletionStage<T> read(Supplier<T> reading) {
        if (!free.tryAcquire()) {
            throw new ProblemException(HttpRejection.BUSY);
        }
        try {
            return CompletableFuture.supplyAsync(reading, blocking).whenComplete((done, failure) -> free.release());
        } catch (RuntimeException rejected) {
            free.release();
            throw rejected;
        }
    }
}
