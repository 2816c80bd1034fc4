package io.turnwise.learner.model.memory;

/**
 * When a word is best reviewed again, in seconds from now: not before the first, at best at the second, at the latest at
 * the third; each from an hour to 30 days.
 */
public record ReviewInterval(double earliestSeconds, double bestSeconds, double latestSeconds) {

    public static final double TARGET = .9;

    private static final double HOUR_SECONDS = 60 * 60;
    private static final double DAY_SECONDS = 24 * HOUR_SECONDS;
    private static final double SEARCHED_SECONDS = 7 * DAY_SECONDS;
    private static final double SECONDS_MIN = HOUR_SECONDS;
    private static final double SECONDS_MAX = 30 * DAY_SECONDS;

    private static final int STEPS_MAX = 60;
    private static final double TOLERANCE = 1e-3;

    private static final double EARLIER = .1;
    private static final double EARLIEST_TARGET_MAX = .95;
    private static final double LATER = .15;
    private static final double LATEST_TARGET_MIN = .5;

    /**
     * The interval after which recall has fallen to a target.
     *
     * @param agesSeconds and {@code recalled}: the trace as {@link ActR} takes it
     * @param target recall wanted at the review, between 0 and 1
     */
    public static ReviewInterval of(double[] agesSeconds, boolean[] recalled, ActrSettings settings, double target) {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("A target is between 0 and 1, not " + target);
        }
        double high = Math.max(target, Math.min(target + EARLIER, EARLIEST_TARGET_MAX));
        double low = Math.min(target, Math.max(target - LATER, LATEST_TARGET_MIN));
        return new ReviewInterval(
                seconds(agesSeconds, recalled, settings, high),
                seconds(agesSeconds, recalled, settings, target),
                seconds(agesSeconds, recalled, settings, low));
    }

    /** Recall only falls, so halving finds the moment; a word below the target already is due at once. */
    private static double seconds(double[] agesSeconds, boolean[] recalled, ActrSettings settings, double target) {
        double low = 0;
        double high = SEARCHED_SECONDS;
        if (ActR.recallLater(agesSeconds, recalled, low, settings) <= target) {
            high = low;
        } else if (ActR.recallLater(agesSeconds, recalled, high, settings) >= target) {
            low = high;
        }
        double middle = (low + high) / 2;
        for (int step = 0; step < STEPS_MAX && low < high; step++) {
            middle = (low + high) / 2;
            double recall = ActR.recallLater(agesSeconds, recalled, middle, settings);
            if (Math.abs(recall - target) < TOLERANCE) {
                break;
            }
            if (recall > target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.min(SECONDS_MAX, Math.max(SECONDS_MIN, middle));
    }
}
