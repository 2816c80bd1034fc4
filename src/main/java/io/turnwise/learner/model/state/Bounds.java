package io.turnwise.learner.model.state;

/** Holds numbers to their range; the package's own, as each range belongs to what it bounds. */
final class Bounds {

    private Bounds() {}

    /** From 0 to 1; {@code otherwise} for what is no finite number. */
    static double share(double value, double otherwise) {
        return within(value, 0, 1, otherwise);
    }

    static double within(double value, double low, double high, double otherwise) {
        return Double.isFinite(value) ? Math.min(high, Math.max(low, value)) : otherwise;
    }
}
