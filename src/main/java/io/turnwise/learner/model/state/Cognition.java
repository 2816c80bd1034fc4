package io.turnwise.learner.model.state;

/** What a user's mind does, each from 0 to 1; what is no number is held for .5. */
public record Cognition(double memory, double speed, double stability) {

    public static final Cognition UNKNOWN = new Cognition(.5, .5, .5);

    public Cognition {
        memory = Bounds.share(memory, .5);
        speed = Bounds.share(speed, .5);
        stability = Bounds.share(stability, .5);
    }

    /** This much of this one, the rest of the other. */
    Cognition mixed(double share, Cognition other) {
        double rest = 1 - share;
        return new Cognition(
                share * memory + rest * other.memory,
                share * speed + rest * other.speed,
                share * stability + rest * other.stability);
    }
}
