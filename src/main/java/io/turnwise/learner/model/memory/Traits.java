package io.turnwise.learner.model.memory;

/**
 * What of a learner bears on how words are kept, each from 0 to 1.
 *
 * @param memory how often words are recalled
 * @param speed how fast answers come
 * @param stability how even the results are
 */
public record Traits(double memory, double speed, double stability) {

    /** Of a learner nothing is known of yet. */
    public static final Traits UNKNOWN = new Traits(.5, .5, .5);

    public Traits {
        if (!(isShare(memory) && isShare(speed) && isShare(stability))) {
            throw new IllegalArgumentException("Not from 0 to 1: " + memory + ", " + speed + ", " + stability);
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }
}
