package io.turnwise.learner.model.strategy;

/**
 * How a session goes, as far as {@link Objectives} are about it; shares from 0 to 1.
 *
 * @param reviewed share of the words due that were reviewed
 * @param utilisation share of the time that was learned in
 * @param load how much of what the user can take is asked
 * @param minutes of the session so far
 */
public record Outcomes(
        double accuracy,
        double rtMillis,
        double attention,
        double retention,
        double reviewed,
        double stability,
        double wordsPerMinute,
        double utilisation,
        double load,
        double minutes) {}
