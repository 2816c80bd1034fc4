package io.turnwise.learner.model.state;

import io.turnwise.learner.model.numeric.Doubles;

/** Ability, 0 to 1, at moments in days of the epoch, the newest last. */
public record TrendSamples(Doubles days, Doubles abilities) {

    public static final TrendSamples NONE = new TrendSamples(Doubles.NONE, Doubles.NONE);

    public int size() {
        return days.size();
    }

    /** From the first to the last. */
    public double spanDays() {
        return size() < 2 ? 0 : days.at(size() - 1) - days.at(0);
    }
}
