package io.turnwise.learner.model.bandit;

/** How well a user is known. */
public enum Phase {
    /** Probes tell what kind of learner it is. */
    CLASSIFY,
    /** What suits that kind is served, while the members learn. */
    EXPLORE,
    /** The members decide. */
    NORMAL
}
