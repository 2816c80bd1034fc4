package io.turnwise.learner.model;

/**
 * What came of a choice at once.
 *
 * @param reward -1 to 1
 * @param correct and {@code rtMillis}: of the answer that it was given for
 */
public record Credit(Choice choice, double reward, boolean correct, double rtMillis) {}
