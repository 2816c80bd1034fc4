package io.turnwise.learner.model.perception;

/** What a raw answer turns out to be: something to learn from, or not. */
public sealed interface Reading permits Observation, Anomaly {}
