package io.turnwise.learner.model.strategy;

/**
 * How the next words are served.
 *
 * @param intervalScale by which the time to the next review is multiplied
 * @param newRatio share of words not met before
 * @param batchSize words served together
 * @param hintLevel 0 for none to 2
 */
public record Strategy(double intervalScale, double newRatio, Difficulty difficulty, int batchSize, int hintLevel) {

    public static final double INTERVAL_SCALE_MIN = .5;
    public static final double INTERVAL_SCALE_MAX = 1.5;
    public static final double NEW_RATIO_MIN = .05;
    public static final double NEW_RATIO_MAX = .5;
    public static final int BATCH_SIZE_MIN = 5;
    public static final int BATCH_SIZE_MAX = 20;
    public static final int HINT_LEVEL_MAX = 2;

    /** What a user is served of whom nothing is known. */
    public static final Strategy STANDARD = new Strategy(1, .2, Difficulty.MID, 8, 1);

    /** What is served where caution is all there is. */
    public static final Strategy SAFE = new Strategy(1, .15, Difficulty.EASY, 8, 1);

    /** Half way from this one to another, within what may be served; the difficulty is the other's at once. */
    public Strategy halfWayTo(Strategy other) {
        return bounded(
                .5 * intervalScale + .5 * other.intervalScale,
                .5 * newRatio + .5 * other.newRatio,
                other.difficulty,
                Math.round(.5 * batchSize + .5 * other.batchSize),
                Math.round(.5 * hintLevel + .5 * other.hintLevel));
    }

    static Strategy bounded(
            double intervalScale, double newRatio, Difficulty difficulty, long batchSize, long hintLevel) {
        return new Strategy(
                Math.min(INTERVAL_SCALE_MAX, Math.max(INTERVAL_SCALE_MIN, intervalScale)),
                Math.min(NEW_RATIO_MAX, Math.max(NEW_RATIO_MIN, newRatio)),
                difficulty,
                (int) Math.min(BATCH_SIZE_MAX, Math.max(BATCH_SIZE_MIN, batchSize)),
                (int) Math.min(HINT_LEVEL_MAX, Math.max(0, hintLevel)));
    }
}
