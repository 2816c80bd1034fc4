package io.turnwise.learner.model;

/**
 * When and how an outcome that comes later counts.
 *
 * @param weight how many times, against a reward that comes at once
 * @param minGapMillis to the word's answer before, below which an answer is no later outcome
 * @param expiryDays past due without one
 * @param pendingMax decisions that wait for one
 */
public record DelayedRule(double weight, long minGapMillis, double expiryDays, int pendingMax) {

    public static final DelayedRule REFERENCE = new DelayedRule(1, 60_000, 30, 5000);
}
