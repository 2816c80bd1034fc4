package io.turnwise.learner.model.bandit;

/** What kind of learner a user is taken for. */
public enum UserType {
    FAST,
    STABLE,
    CAUTIOUS
}
