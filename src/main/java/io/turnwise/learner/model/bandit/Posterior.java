package io.turnwise.learner.model.bandit;

/**
 * What Thompson sampling believes of an action.
 *
 * @param mean of its share of successes, from 0 to 1
 * @param deviation how unsure that is
 * @param outcomes how many have been seen, in all situations
 */
public record Posterior(double mean, double deviation, double outcomes) {}
