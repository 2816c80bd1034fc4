package io.turnwise.learner.model.strategy;

/** Whether a user had better rest. */
public enum BreakAdvice {
    NONE,
    SUGGESTED,
    FORCED
}
