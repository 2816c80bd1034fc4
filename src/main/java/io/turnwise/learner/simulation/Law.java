package io.turnwise.learner.simulation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a number is drawn: evenly between two, or from a Gaussian held to its bounds.
 *
 * @param low and {@code high}: bounds, between which it is drawn evenly if {@code deviation} is not a number
 */
record Law(double mean, double deviation, double low, double high) {

    static Law of(Config config, String path) {
        if (config.getValue(path).valueType() == ConfigValueType.LIST) {
            List<Double> ends = config.getDoubleList(path);
            return new Law(Double.NaN, Double.NaN, ends.get(0), ends.get(1));
        }
        Config gaussian = config.getConfig(path);
        return new Law(
                gaussian.getDouble("mean"),
                gaussian.getDouble("deviation"),
                gaussian.hasPath("min") ? gaussian.getDouble("min") : Double.NEGATIVE_INFINITY,
                gaussian.hasPath("max") ? gaussian.getDouble("max") : Double.POSITIVE_INFINITY);
    }

    double draw(RandomGenerator random) {
        return drawAround(0, random);
    }

    /** The same with its mean moved. */
    double drawAround(double offset, RandomGenerator random) {
        if (Double.isNaN(deviation)) {
            return offset + low + (high - low) * random.nextDouble();
        }
        return Math.min(high, Math.max(low, offset + mean + deviation * random.nextGaussian()));
    }
}
