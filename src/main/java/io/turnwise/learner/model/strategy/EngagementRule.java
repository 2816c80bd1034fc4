package io.turnwise.learner.model.strategy;

import io.turnwise.learner.model.perception.Observation;

/**
 * How engaged an answer shows a user.
 *
 * @param dwellMillis of a user who is
 * @param normalise whether interaction counts half at {@code interactionUsual} events per second and never fully, rather
 *     than each event per second in full, which is all there is to be had at two
 */
public record EngagementRule(double dwellMillis, boolean normalise, double interactionUsual) {

    public static final EngagementRule REFERENCE = new EngagementRule(3000, false, 2);
    public static final EngagementRule STANDARD = new EngagementRule(3000, true, 2);

    /** 0 to 1. */
    public double of(Observation seen) {
        double dwell = Math.max(0, 1 - Math.abs(seen.dwellMillis() - dwellMillis) / dwellMillis);
        double density = seen.interactionDensity();
        double interaction = normalise ? density / (density + interactionUsual) : density;
        return Math.max(0, Math.min(1, (dwell + interaction) / 2));
    }
}
