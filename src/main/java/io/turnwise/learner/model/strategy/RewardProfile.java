package io.turnwise.learner.model.strategy;

/** What a user wants of learning. */
public enum RewardProfile {
    STANDARD,
    CRAM,
    RELAXED
}
