package io.turnwise.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells readers on this node that a row was written, so that they look at once and need not look all the time. */
public final class JournalSignal {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Announces a row of this entity; cheap, callable from any thread. */
    public void rowWritten(String persistenceId) {
        int slice = Slices.of(persistenceId);
        for (Listener listener : listeners) {
            if (listener.slices.first() <= slice && slice <= listener.slices.last()) {
                listener.rowWritten();
            }
        }
    }

    Listener listen(Slices.Range slices) {
        Listener listener = new Listener(slices);
        listeners.add(listener);
        return listener;
    }

    void forget(Listener listener) {
        listeners.remove(listener);
    }

    /** One reader's bell: what rings between two waits is heard by the next. */
    static final class Listener {
        private final Slices.Range slices;
        private CompletableFuture<Boolean> rung = new CompletableFuture<>();

        private Listener(Slices.Range slices) {
            this.slices = slices;
        }

        private synchronized void rowWritten() {
            rung.complete(true);
        }

        /** A future that completes with true at the next row since the last call, or since before. */
        synchronized CompletableFuture<Boolean> next() {
            CompletableFuture<Boolean> current = rung;
            if (current.isDone()) {
                rung = new CompletableFuture<>();
            }
            return current;
        }
    }
}
