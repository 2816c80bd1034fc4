package io.turnwise.learner.simulation;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/** A mean with the interval that holds it in 95 of 100 cases, after Student. */
public record Estimate(double mean, double low, double high) {

    private static final double UPPER = .975;

    static Estimate of(double[] values) {
        int count = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double half = count < 2
                ? Double.POSITIVE_INFINITY
                : new TDistribution(count - 1).inverseCumulativeProbability(UPPER)
                        * StrictMath.sqrt(squares / (count - 1) / count);
        return new Estimate(mean, mean - half, mean + half);
    }
}
