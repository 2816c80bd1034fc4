package io.turnwise.learner.model.memory;

/** How far a learner is with a word. */
public enum WordStatus {
    NEW,
    LEARNING,
    REVIEWING,
    MASTERED;

    /**
     * The status of a word.
     *
     * @param level from 0 to 5
     * @param stability from 0 to 1
     */
    static WordStatus of(int level, double stability, int reviewCount) {
        if (reviewCount <= 1 && level <= 1) {
            return NEW;
        }
        if (level >= 5 && stability >= .75 && reviewCount >= 5) {
            return MASTERED;
        }
        return level >= 3 && reviewCount >= 2 ? REVIEWING : LEARNING;
    }
}
