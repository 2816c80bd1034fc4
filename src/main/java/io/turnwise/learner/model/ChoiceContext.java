package io.turnwise.learner.model;

import io.turnwise.learner.model.strategy.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * What a choice depends on besides the mind.
 *
 * @param recall how likely the word at hand is remembered, 0 to 1; not a number where there is no word, whose member
 *     then does not vote
 * @param rtMillis of the latest answer
 * @param hour 0 to 23 where the user is
 * @param previous strategy served, from which the next goes half way
 * @param aims absent where the user has named none
 */
public record ChoiceContext(
        double recall,
        double rtMillis,
        int hour,
        Strategy previous,
        @Nullable Aims aims) {

    public ChoiceContext(double recall, double rtMillis, int hour, Strategy previous) {
        this(recall, rtMillis, hour, previous, null);
    }
}
