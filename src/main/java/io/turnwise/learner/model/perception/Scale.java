package io.turnwise.learner.model.perception;

/** How a measure usually falls. */
public record Scale(double mean, double deviation) {

    private static final double DEVIATION_MIN = 1e-6;

    /** How many deviations above the mean. */
    double z(double value) {
        return (value - mean) / Math.max(deviation, DEVIATION_MIN);
    }
}
