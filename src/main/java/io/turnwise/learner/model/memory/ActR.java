package io.turnwise.learner.model.memory;

/**
 * Recall of a word after ACT-R: every review leaves a trace that fades with a power of its age, and traces add up.
 *
 * <p>A trace is given as two arrays of equal length, in any order: how long ago each review was, in seconds, and whether
 * the word was recalled. Ages below {@value #AGE_SECONDS_MIN} count as that; an age that is not a number is refused with
 * an {@link IllegalArgumentException}. There is no noise term.
 */
public final class ActR {

    static final double AGE_SECONDS_MIN = 1e-3;
    static final double RECALLED_WEIGHT = 1;
    static final double LAPSED_WEIGHT = .3;

    private static final double DAY_SECONDS = 24 * 60 * 60;
    private static final double CONFIDENT_REVIEWS = 10;
    private static final double CONFIDENT_SPAN_SECONDS = 7 * DAY_SECONDS;
    private static final double CONFIDENCE_OF_ONE = .3;

    private static final double DECAY_MIN = .3;
    private static final double DECAY_MAX = .7;

    private ActR() {}

    /** The activation, in units of tau; minus infinity without a review. */
    public static double activation(double[] agesSeconds, boolean[] recalled, ActrSettings settings) {
        return activationLater(agesSeconds, recalled, 0, settings);
    }

    /** The probability from 0 to 1 that the word is recalled now; 0 without a review. */
    public static double recall(double[] agesSeconds, boolean[] recalled, ActrSettings settings) {
        return recallLater(agesSeconds, recalled, 0, settings);
    }

    /** The same so many seconds from now, without a review until then. */
    static double recallLater(double[] agesSeconds, boolean[] recalled, double laterSeconds, ActrSettings settings) {
        return probability(activationLater(agesSeconds, recalled, laterSeconds, settings), settings);
    }

    /** The probability from 0 to 1 that a word of this activation is recalled. */
    public static double probability(double activation, ActrSettings settings) {
        return 1 / (1 + StrictMath.exp(-(activation - settings.tau()) / settings.s()));
    }

    private static double activationLater(
            double[] agesSeconds, boolean[] recalled, double laterSeconds, ActrSettings settings) {
        if (agesSeconds.length != recalled.length) {
            throw new IllegalArgumentException(agesSeconds.length + " ages for " + recalled.length + " outcomes");
        }
        double traces = 0;
        for (int i = 0; i < agesSeconds.length; i++) {
            double age = Math.max(AGE_SECONDS_MIN, agesSeconds[i] + laterSeconds);
            traces += (recalled[i] ? RECALLED_WEIGHT : LAPSED_WEIGHT) * StrictMath.pow(age, -settings.decay());
        }
        if (Double.isNaN(traces)) {
            throw new IllegalArgumentException("An age is not a number");
        }
        return StrictMath.log(traces);
    }

    /**
     * The decay of one learner: better memory slows it, speed quickens it, and a steady learner keeps nearer to the
     * decay given; from .3 to .7.
     */
    public static double personalDecay(double decay, Traits traits) {
        double personal = decay * (1 - .3 * traits.memory()) * (1 + .2 * traits.speed());
        double damping = .3 + .7 * traits.stability();
        return Math.min(DECAY_MAX, Math.max(DECAY_MIN, decay * damping + personal * (1 - damping)));
    }

    /**
     * How far the prediction for a word is to be trusted, from 0 to 1: half of it for ten reviews, half of it for a week
     * between the first and the last; a single review is trusted .3, none 0.
     */
    public static double confidence(double[] agesSeconds) {
        if (agesSeconds.length == 0) {
            return 0;
        }
        double oldest = agesSeconds[0];
        double newest = agesSeconds[0];
        for (double age : agesSeconds) {
            oldest = Math.max(oldest, age);
            newest = Math.min(newest, age);
        }
        double confidence = .5 * Math.min(1, agesSeconds.length / CONFIDENT_REVIEWS)
                + .5 * Math.min(1, (oldest - newest) / CONFIDENT_SPAN_SECONDS);
        return agesSeconds.length == 1 ? Math.max(CONFIDENCE_OF_ONE, confidence) : confidence;
    }
}
