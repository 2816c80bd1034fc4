package io.turnwise.learner.model.bandit;

import java.util.random.RandomGenerator;

/** Draws from Beta distributions, the same on every machine for the same source; for one thread. */
final class Draws {

    private final RandomGenerator random;
    private double spare = Double.NaN;

    Draws(RandomGenerator random) {
        this.random = random;
    }

    double beta(double a, double b) {
        if (a == 1 && b == 1) {
            return random.nextDouble();
        }
        double one = gamma(a);
        double other = gamma(b);
        return one + other == 0 ? a / (a + b) : one / (one + other);
    }

    /** Marsaglia and Tsang, "A simple method for generating gamma variables", 2000. */
    private double gamma(double shape) {
        if (shape == 1) {
            return -StrictMath.log(positive());
        }
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(positive(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double root = 1 + c * x;
            if (root > 0) {
                double v = root * root * root;
                double u = positive();
                boolean squeezed = u < 1 - .0331 * x * x * x * x;
                if (squeezed || StrictMath.log(u) < .5 * x * x + d * (1 - v + StrictMath.log(v))) {
                    return d * v;
                }
            }
        }
    }

    /** Marsaglia's polar method, which yields two at a time. */
    double gaussian() {
        if (!Double.isNaN(spare)) {
            double kept = spare;
            spare = Double.NaN;
            return kept;
        }
        while (true) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            double square = x * x + y * y;
            if (square < 1 && square > 0) {
                double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
                spare = y * factor;
                return x * factor;
            }
        }
    }

    private double positive() {
        return 1 - random.nextDouble();
    }
}
