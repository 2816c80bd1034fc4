package io.turnwise.learner.model.perception;

import org.jspecify.annotations.Nullable;

/**
 * An answer fit to learn from, within the bounds of {@link RawAnswer}.
 *
 * @param pausedMillis how long a dialog stood before the question; absent where that is not known
 * @param atMillis of the epoch
 * @param hour 0 to 23 where the user is
 */
public record Observation(
        boolean correct,
        double rtMillis,
        double dwellMillis,
        int pauseCount,
        int switchCount,
        int retryCount,
        double focusLossMillis,
        double interactionDensity,
        @Nullable Double pausedMillis,
        long atMillis,
        int hour)
        implements Reading {

    public Observation {
        if (hour < 0 || hour > 23) {
            throw new IllegalArgumentException("No hour of a day: " + hour);
        }
    }
}
