package io.turnwise.learner.model.strategy;

/** A limit on what is served, in the order in which they are applied. */
public enum Guardrail {
    TREND_DOWN,
    TREND_STUCK,
    LOW_ATTENTION,
    LOW_MOTIVATION,
    VERY_LOW_MOTIVATION,
    HIGH_FATIGUE,
    EXTREME_FATIGUE
}
