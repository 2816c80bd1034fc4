package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;

/**
 * How members are weighed and how their weights move.
 *
 * @param weights at first, in the order of {@link Member}
 * @param rate of learning; {@code rateLasting} of it stays when {@code rateUpdates} and more have passed
 * @param rateUnrest by how much uneven rewards raise it, within {@code rateMin} and {@code rateMax}
 * @param rewards whose unevenness counts
 * @param otherChoice what the reward counts for a member that wanted something else
 * @param absentKept share of its weight that a member keeps when it did not vote, down to {@code absentMin}
 * @param weightMin before all are made to sum to 1
 * @param trials where it applies, of the above the weights at first alone count; it does not in what was stored without
 */
public record EnsembleSettings(
        Doubles weights,
        double rate,
        double rateLasting,
        double rateUpdates,
        double rateUnrest,
        double rateMin,
        double rateMax,
        int rewards,
        double otherChoice,
        double absentKept,
        double absentMin,
        double weightMin,
        TrialRule trials) {

    public static final EnsembleSettings REFERENCE = with(TrialRule.REFERENCE);
    public static final EnsembleSettings STANDARD = with(TrialRule.STANDARD);

    @SuppressWarnings("NullAway") // algorithm 1 was stored without trials
    public EnsembleSettings {
        trials = trials == null ? TrialRule.REFERENCE : trials;
    }

    private static EnsembleSettings with(TrialRule trials) {
        return new EnsembleSettings(
                Doubles.of(.4, .25, .25, .1), .25, .3, 100, .5, .1, .5, 10, -.5, .98, .1, .05, trials);
    }

    double rate(int updates, Doubles latest) {
        double fading = rateLasting + (1 - rateLasting) * StrictMath.exp(-updates / rateUpdates);
        double unrest = 1 + rateUnrest * latest.deviation();
        return Math.max(rateMin, Math.min(rateMax, rate * fading * unrest));
    }
}
