package io.turnwise.learner;

import io.turnwise.learner.model.perception.Anomaly;
import io.turnwise.learner.model.perception.RawAnswer;
import io.turnwise.turn.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a client reported it, in form but not in reason; measures as {@link RawAnswer} has them.
 *
 * @param decisionId that it is the outcome of; absent for the one in force
 * @param atMillis epoch, when it was given; absent for when it arrives
 */
record Report(
        String word,
        @Nullable String decisionId,
        boolean correct,
        double rtMillis,
        double dwellMillis,
        int pauseCount,
        int switchCount,
        int retryCount,
        double focusLossMillis,
        double interactionDensity,
        @Nullable Double pausedMillis,
        @Nullable Long atMillis) {

    private static final long AHEAD_MILLIS_MAX = 5 * 60 * 1000L;

    RawAnswer raw(Stamp arrival, Profile profile) {
        long at = givenMillis(arrival.atMillis());
        return raw(at, profile.hour(at));
    }

    /** Whether nothing may be learned from it, whenever it arrives: a time too far ahead is held to any arrival's. */
    boolean isAnomalous() {
        return raw(givenMillis(0), 0).read() instanceof Anomaly;
    }

    /** Nobody answers in the future, but clocks differ. */
    private long givenMillis(long arrivalMillis) {
        long latest = arrivalMillis + AHEAD_MILLIS_MAX;
        return atMillis == null ? arrivalMillis : Math.min(atMillis, latest);
    }

    private RawAnswer raw(long millis, int hour) {
        return new RawAnswer(
                correct,
                rtMillis,
                dwellMillis,
                pauseCount,
                switchCount,
                retryCount,
                focusLossMillis,
                interactionDensity,
                pausedMillis,
                millis,
                hour);
    }
}
