package io.turnwise.learner.model.bandit;

/**
 * What an ensemble settles on.
 *
 * @param action from 1 to 24
 * @param confidence 0 to 1: the mean confidence of those who voted for it, by weight
 */
public record Elected(int action, double confidence) {}
