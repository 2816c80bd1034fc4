package io.turnwise.learner.model.perception;

import io.turnwise.learner.model.perception.Anomaly.Reason;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it was reported, nothing of it checked.
 *
 * @param rtMillis from question to answer
 * @param dwellMillis how long the word was looked at
 * @param interactionDensity touches, moves and keys per second
 * @param pausedMillis how long a dialog stood before the question; absent where that is not known
 * @param atMillis of the epoch
 * @param hour 0 to 23 where the user is
 */
public record RawAnswer(
        boolean correct,
        double rtMillis,
        double dwellMillis,
        double pauseCount,
        double switchCount,
        double retryCount,
        double focusLossMillis,
        double interactionDensity,
        @Nullable Double pausedMillis,
        double atMillis,
        int hour) {

    public static final double RT_MILLIS_MAX = 120_000;
    public static final double DWELL_MILLIS_MAX = 120_000;
    public static final double FOCUS_LOSS_MILLIS_MAX = 600_000;
    public static final int PAUSE_COUNT_MAX = 20;
    public static final int SWITCH_COUNT_MAX = 20;

    /** Beyond any calendar, yet so that differences fit a long. */
    public static final double AT_MILLIS_MAX = 8.64e15;

    private static final int RETRY_COUNT_MAX = 100;

    /** Nothing known but the answer, its time and the moment. */
    public static RawAnswer plain(boolean correct, double rtMillis, double atMillis, int hour) {
        return new RawAnswer(correct, rtMillis, 0, 0, 0, 0, 0, 1, null, atMillis, hour);
    }

    /** Held to its bounds, unless it is beyond what a person who is learning does. */
    public Reading read() {
        Reason reason = anomaly();
        if (reason != null) {
            return new Anomaly(reason);
        }
        return new Observation(
                correct,
                within(rtMillis, 1, RT_MILLIS_MAX),
                within(dwellMillis, 0, DWELL_MILLIS_MAX),
                (int) within(pauseCount, 0, PAUSE_COUNT_MAX),
                (int) within(switchCount, 0, SWITCH_COUNT_MAX),
                (int) within(retryCount, 0, RETRY_COUNT_MAX),
                within(focusLossMillis, 0, FOCUS_LOSS_MILLIS_MAX),
                Math.max(0, interactionDensity),
                pausedMillis == null ? null : Math.max(0, pausedMillis),
                (long) atMillis,
                hour);
    }

    private @Nullable Reason anomaly() {
        if (!(rtMillis > 0 && rtMillis <= RT_MILLIS_MAX)) {
            return Reason.RESPONSE_TIME;
        }
        if (!(dwellMillis >= 0 && Double.isFinite(dwellMillis))) {
            return Reason.DWELL_TIME;
        }
        if (!(Math.abs(atMillis) <= AT_MILLIS_MAX)) {
            return Reason.TIMESTAMP;
        }
        if (!(focusLossMillis <= FOCUS_LOSS_MILLIS_MAX)) {
            return Reason.FOCUS_LOSS;
        }
        if (!(pauseCount <= PAUSE_COUNT_MAX)) {
            return Reason.PAUSE_COUNT;
        }
        if (!(switchCount <= SWITCH_COUNT_MAX)) {
            return Reason.SWITCH_COUNT;
        }
        if (!Double.isFinite(retryCount)) {
            return Reason.RETRY_COUNT;
        }
        if (!Double.isFinite(interactionDensity)) {
            return Reason.INTERACTION_DENSITY;
        }
        return pausedMillis == null || Double.isFinite(pausedMillis) ? null : Reason.PAUSED_TIME;
    }

    private static double within(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }
}
