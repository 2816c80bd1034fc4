package io.turnwise.learner.model.strategy;

import org.jspecify.annotations.Nullable;

/** Questions to begin with after a long time away. */
public record WarmUp(int questions, Difficulty difficulty) {

    /** None after less than a week. */
    public static @Nullable WarmUp after(double daysAway) {
        if (daysAway >= 30) {
            return new WarmUp(5, Difficulty.EASY);
        }
        if (daysAway >= 14) {
            return new WarmUp(3, Difficulty.EASY);
        }
        return daysAway >= 7 ? new WarmUp(2, Difficulty.MID) : null;
    }
}
