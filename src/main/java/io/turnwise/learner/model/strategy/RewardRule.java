package io.turnwise.learner.model.strategy;

import io.turnwise.learner.model.perception.Observation;
import io.turnwise.learner.model.state.UserState;

/**
 * What an answer is worth.
 *
 * @param fastMillis response time that is neither fast nor slow, {@code rtMillisMin} the fastest believed
 */
public record RewardRule(Weights standard, Weights cram, Weights relaxed, double fastMillis, double rtMillisMin) {

    /** How much each part counts. */
    public record Weights(double correct, double fatigue, double speed, double frustration, double engagement) {}

    public static final RewardRule REFERENCE = new RewardRule(
            new Weights(1, .6, .4, .8, .3),
            new Weights(1.5, .3, .6, .5, .1),
            new Weights(.8, .9, .2, 1, .7),
            5000,
            1000);

    /**
     * The worth of an answer, -1 to 1.
     *
     * @param after what is believed with the answer taken in
     */
    public double of(Observation seen, UserState after, double engagement, RewardProfile profile) {
        Weights weights = weights(profile);
        double speed = bounded(fastMillis / Math.max(seen.rtMillis(), rtMillisMin) - 1);
        boolean frustrated = seen.retryCount() > 1 || after.motivation() < 0;
        double sum = weights.correct * (seen.correct() ? 1 : -1)
                - weights.fatigue * after.fatigue()
                + weights.speed * speed
                - weights.frustration * (frustrated ? 1 : 0)
                + weights.engagement * engagement;
        return bounded(sum / 2);
    }

    private Weights weights(RewardProfile profile) {
        return switch (profile) {
            case STANDARD -> standard;
            case CRAM -> cram;
            case RELAXED -> relaxed;
        };
    }

    private static double bounded(double value) {
        return Math.min(1, Math.max(-1, value));
    }
}
