package io.turnwise.learner.model.state;

import io.turnwise.learner.model.perception.Percept;

/**
 * How attention follows from what is perceived: a weight per measure, positive where the measure speaks of distraction.
 *
 * @param kept share of the former attention that stays
 */
public record AttentionRule(
        double rt,
        double rtVariation,
        double dwellVariation,
        double pause,
        double switches,
        double drift,
        double interaction,
        double focusLoss,
        double kept) {

    public static final AttentionRule REFERENCE = new AttentionRule(.25, .35, .20, .15, .20, .15, -.30, .50, .8);

    /** Attention, 0 to 1, after an answer; a measure that is no number does not count. */
    public double next(double attention, Percept seen) {
        double distraction = term(rt, seen.zRt())
                + term(rtVariation, seen.rtVariation())
                + term(dwellVariation, seen.dwellVariation())
                + term(pause, seen.zPause())
                + term(switches, seen.zSwitch())
                + term(drift, seen.drift())
                + term(interaction, seen.zInteraction())
                + term(focusLoss, seen.zFocusLoss());
        double raw = 1 / (1 + StrictMath.exp(distraction));
        return Bounds.share(kept * attention + (1 - kept) * raw, attention);
    }

    private static double term(double weight, double measure) {
        return Double.isNaN(measure) ? 0 : weight * measure;
    }
}
