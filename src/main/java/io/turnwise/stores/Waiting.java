package io.turnwise.stores;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a server or a file, which both can only be asked again and again. */
final class Waiting {
    private static final long POLL_MILLIS = 20;

    private Waiting() {}

    /** Waits until the condition holds; false if it does not within {@code atMost}. */
    static boolean until(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            pause(POLL_MILLIS);
        }
        return true;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static StoreFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StoreFailure("Interrupted while waiting for a store.", e);
    }
}
