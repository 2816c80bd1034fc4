package io.turnwise.turn;

import java.util.concurrent.CompletableFuture;

/** Keeps images of entities, so that a recovery folds only the turns after the newest; off the turns' path. */
@FunctionalInterface
public interface SnapshotStore {

    /**
     * Returns at once; what it has taken in is stored soon, or, if that fails, not at all.
     *
     * @param sequenceNumber of the row that the image follows
     * @param image shared with nobody who changes it
     * @return completes when it has ended in either way, never with a failure
     */
    CompletableFuture<Void> store(String persistenceId, long sequenceNumber, Held.Snapshot image);
}
