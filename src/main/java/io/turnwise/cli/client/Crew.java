package io.turnwise.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays many recordings at the same time. */
public final class Crew {

    /** Played at a time when each has a request under way always, and when most wait for their time. */
    private static final int BUSY_MAX = 64;

    private static final int PACED_MAX = 512;

    private Crew() {}

    /**
     * Plays all and waits for the end.
     *
     * @return what became of them, in their order
     * @throws ClientFailure if one of them does, or on an interrupt
     */
    public static <T> List<T> play(List<Callable<T>> recordings, Speed speed) {
        int atOnce = Math.max(1, Math.min(recordings.size(), speed.isUnbounded() ? BUSY_MAX : PACED_MAX));
        ExecutorService workers = Executors.newFixedThreadPool(atOnce, task -> new Thread(task, "replay"));
        try {
            List<T> played = new ArrayList<>();
            for (Future<T> recording : workers.invokeAll(recordings)) {
                played.add(recording.get());
            }
            return List.copyOf(played);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClientFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("A fault of the replay itself", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientFailure("Interrupted", e);
        } finally {
            workers.shutdownNow();
        }
    }
}
