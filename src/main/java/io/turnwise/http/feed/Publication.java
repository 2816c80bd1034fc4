package io.turnwise.http.feed;

import java.util.concurrent.atomic.AtomicInteger;

/** A state that is handed to the readers, and how far that has come. */
final class Publication {

    private final Piece piece;
    private final long startedNanos;
    private final int enough;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile long spentNanos = -1;
    private boolean judged;

    /**
     * Begins to be handed out.
     *
     * @param enough readers who make it good
     */
    Publication(Piece piece, int enough, long nowNanos) {
        this.piece = piece;
        this.enough = enough;
        this.startedNanos = nowNanos;
    }

    Piece piece() {
        return piece;
    }

    /** A reader has taken it. */
    void taken() {
        if (taken.incrementAndGet() == enough) {
            spentNanos = System.nanoTime() - startedNanos;
        }
    }

    /** Whether the pace has been set by it; known to the hub alone. */
    boolean isJudged() {
        return judged;
    }

    void judged() {
        judged = true;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** How long it took until enough readers had it; negative while they have not. */
    long spentNanos() {
        return enough == 0 ? 0 : spentNanos;
    }
}
