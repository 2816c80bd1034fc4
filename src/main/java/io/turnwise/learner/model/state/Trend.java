package io.turnwise.learner.model.state;

/** Where a user's ability goes. */
public enum Trend {
    UP,
    FLAT,
    STUCK,
    DOWN
}
