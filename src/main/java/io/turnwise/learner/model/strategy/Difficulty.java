package io.turnwise.learner.model.strategy;

/** How hard the words are that a strategy asks for. */
public enum Difficulty {
    EASY(.2, 0),
    MID(.5, 1),
    HARD(.8, 2);

    private final double value;
    private final int steps;

    Difficulty(double value, int steps) {
        this.value = value;
        this.steps = steps;
    }

    /** On the scale of a user's abilities, 0 to 1. */
    public double value() {
        return value;
    }

    /** Above the easiest. */
    int steps() {
        return steps;
    }
}
