package io.turnwise.learner.model.bandit;

/**
 * What a member would do.
 *
 * @param action from 1 to 24
 * @param score on the member's own scale
 * @param confidence not negative, on the member's own scale
 */
public record Vote(Member member, int action, double score, double confidence) {}
