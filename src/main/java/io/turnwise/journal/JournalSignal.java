package io.turnwise.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
        private boolean rung;
        private @Nullable CompletableFuture<Boolean> waiting;

        private Listener(Slices.Range slices) {
            this.slices = slices;
        }

        private synchronized void rowWritten() {
            CompletableFuture<Boolean> current = waiting;
            waiting = null;
            if (current == null || !current.complete(true)) {
                rung = true;
            }
        }

        /**
         * A future that completes with true at the next row, or at once if there was one since the last wait; with false if
         * there is none for so long. Nothing of a wait is left when it is over, however long no row comes.
         */
        synchronized CompletableFuture<Boolean> next(Duration atMost) {
            CompletableFuture<Boolean> next = new CompletableFuture<>();
            if (rung || atMost.isZero()) {
                next.complete(rung);
                rung = false;
                return next;
            }
            waiting = next;
            return next.completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
