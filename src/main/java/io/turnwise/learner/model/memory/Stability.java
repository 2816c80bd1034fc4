package io.turnwise.learner.model.memory;

/**
 * Exponential forgetting of one word: after {@code stabilityDays} without a review it is recalled with probability 1/e.
 *
 * <p>It schedules the next review; how likely a word is recalled is what {@link ActR} predicts.
 */
public final class Stability {

    private static final double SLOW_TIME_FACTOR = .9;
    private static final double FAST_LAPSE_FACTOR = 1.1;
    private static final int FAST_LAPSE_MILLIS = 2000;

    private Stability() {}

    /** Recall from 0 to 1 so many days after the last review. */
    public static double recall(double stabilityDays, double days) {
        return StrictMath.exp(-Math.max(0, days) / stabilityDays);
    }

    /** Stability after an answer, within the bounds of the settings. */
    public static double after(
            double stabilityDays, boolean recalled, int rtMillis, Traits traits, StabilitySettings settings) {
        double days = stabilityDays
                * (recalled ? settings.recalledFactor() : settings.lapsedFactor())
                * timeFactor(rtMillis)
                * traitsFactor(recalled, rtMillis, traits);
        return Math.min(settings.daysMax(), Math.max(settings.daysMin(), days));
    }

    private static double timeFactor(int rtMillis) {
        if (rtMillis < 1500) {
            return 1.3;
        }
        if (rtMillis < 2500) {
            return 1.1;
        }
        return rtMillis < 4000 ? 1 : SLOW_TIME_FACTOR;
    }

    /** A good memory keeps words longer, and a quick slip is no lapse; steady learners are moved less by both. */
    private static double traitsFactor(boolean recalled, int rtMillis, Traits traits) {
        double factor = 1 + (traits.memory() - .5) * .4;
        if (!recalled && rtMillis < FAST_LAPSE_MILLIS) {
            factor *= FAST_LAPSE_FACTOR;
        }
        double damping = .3 + .7 * traits.stability();
        return 1 + (factor - 1) * (1 - .5 * damping);
    }

    /** Days until recall has fallen to the target. */
    public static double intervalDays(double stabilityDays, double target) {
        return -stabilityDays * StrictMath.log(target);
    }

    /** Whole days until the next review, at least one; a scale above 1 puts it off. */
    public static long reviewDays(double stabilityDays, double intervalScale, StabilitySettings settings) {
        return Math.max(1, Math.round(intervalDays(stabilityDays, settings.target()) * intervalScale));
    }
}
