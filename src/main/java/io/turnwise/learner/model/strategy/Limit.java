package io.turnwise.learner.model.strategy;

/**
 * The bounds that a guardrail sets.
 *
 * @param easy whether the words must be easy
 */
record Limit(
        double intervalScaleMin,
        double intervalScaleMax,
        double newRatioMax,
        boolean easy,
        int batchSizeMax,
        int hintLevelMin) {

    private static final Limit NONE = new Limit(
            Strategy.INTERVAL_SCALE_MIN,
            Strategy.INTERVAL_SCALE_MAX,
            Strategy.NEW_RATIO_MAX,
            false,
            Strategy.BATCH_SIZE_MAX,
            0);

    static Limit newRatio(double most) {
        return new Limit(
                NONE.intervalScaleMin, NONE.intervalScaleMax, most, NONE.easy, NONE.batchSizeMax, NONE.hintLevelMin);
    }

    Limit intervalAtLeast(double least) {
        return new Limit(least, intervalScaleMax, newRatioMax, easy, batchSizeMax, hintLevelMin);
    }

    Limit intervalAtMost(double most) {
        return new Limit(intervalScaleMin, most, newRatioMax, easy, batchSizeMax, hintLevelMin);
    }

    Limit onlyEasy() {
        return new Limit(intervalScaleMin, intervalScaleMax, newRatioMax, true, batchSizeMax, hintLevelMin);
    }

    Limit batch(int most) {
        return new Limit(intervalScaleMin, intervalScaleMax, newRatioMax, easy, most, hintLevelMin);
    }

    Limit hint(int least) {
        return new Limit(intervalScaleMin, intervalScaleMax, newRatioMax, easy, batchSizeMax, least);
    }

    Strategy applied(Strategy strategy) {
        return new Strategy(
                Math.min(intervalScaleMax, Math.max(intervalScaleMin, strategy.intervalScale())),
                Math.min(newRatioMax, strategy.newRatio()),
                easy ? Difficulty.EASY : strategy.difficulty(),
                Math.min(batchSizeMax, strategy.batchSize()),
                Math.max(hintLevelMin, strategy.hintLevel()));
    }
}
