package io.turnwise.learner.simulation;

/**
 * Something that must be above 0 by its whole interval.
 *
 * @param says what it is about
 * @param difference of the rewards of a decision, per seed
 */
public record Requirement(String says, Estimate difference) {

    public boolean holds() {
        return difference.low() > 0;
    }
}
