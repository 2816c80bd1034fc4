package io.turnwise.turn;

import java.util.concurrent.CompletableFuture;

/** Removes what is stored of entities; off the turns' path. */
public interface Eraser {

    /**
     * Removes rows, snapshots and alarm of an entity whose last event is {@link Erased}. All of it or nothing, and as often as
     * one likes: what a later entity of the same id has written stays.
     *
     * @param remainder to be kept; 0 if nothing
     * @return false while a view may still carry something of it, and nothing is removed; to be asked again then and after a
     *     failure
     */
    CompletableFuture<Boolean> erase(String persistenceId, long remainder);

    /** What remained when an entity of this id was erased; 0 if none was, or nothing remained. */
    CompletableFuture<Long> remainder(String persistenceId);
}
