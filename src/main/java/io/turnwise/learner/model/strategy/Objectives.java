package io.turnwise.learner.model.strategy;

import org.jspecify.annotations.Nullable;

/**
 * What a user learns for: how much the near, the far and the time spent count, and what must be reached.
 *
 * @param shortTerm weight, {@code longTerm} and {@code efficiency} likewise; they sum to 1
 * @param accuracyMin of the answers, absent where it does not matter
 * @param retentionMin of the words, absent where it does not matter
 * @param minutesMax of a session, as what is kept has no day; absent where it does not matter
 */
public record Objectives(
        double shortTerm,
        double longTerm,
        double efficiency,
        @Nullable Double accuracyMin,
        @Nullable Double retentionMin,
        @Nullable Double minutesMax) {

    public static final Objectives EXAM = new Objectives(.6, .3, .1, .85, null, null);
    public static final Objectives DAILY = new Objectives(.3, .5, .2, null, .8, null);
    public static final Objectives TRAVEL = new Objectives(.2, .3, .5, null, null, 30.0);
    public static final Objectives BALANCED = new Objectives(.4, .4, .2, null, null, null);

    private static final double ENOUGH = .7;
    private static final double NEW_RATIO_STEP = .05;
    private static final double INTERVAL_STEP = .1;

    /**
     * How far a session reaches them, 0 to 1 each.
     *
     * @param aggregate 1 less the worst weighted shortfall
     */
    public record Scores(double shortTerm, double longTerm, double efficiency, double aggregate) {}

    public Scores scores(Outcomes seen) {
        double near = Math.min(
                1, .7 * seen.accuracy() + .2 * (1 - Math.min(seen.rtMillis() / 10_000, 1)) + .1 * seen.attention());
        double far = .5 * seen.retention() + .3 * seen.reviewed() + .2 * seen.stability();
        double spent = .4 * Math.min(seen.wordsPerMinute() / 10, 1)
                + .3 * seen.utilisation()
                + .3 * (1 - Math.abs(seen.load() - .7));
        double shortfall = Math.max(shortTerm * (1 - near), Math.max(longTerm * (1 - far), efficiency * (1 - spent)));
        return new Scores(near, far, spent, 1 - shortfall);
    }

    /**
     * One step towards them where a session misses something: fewer new words and earlier reviews for accuracy and
     * retention, fewer new words and later reviews for time; otherwise, where all in all it is not enough, a step for
     * what falls shortest.
     */
    public Strategy adjusted(Strategy wanted, Outcomes seen) {
        boolean inaccurate = accuracyMin != null && seen.accuracy() < accuracyMin;
        boolean forgotten = retentionMin != null && seen.retention() < retentionMin;
        if (inaccurate || forgotten) {
            return step(wanted, -1, -1);
        }
        if (minutesMax != null && seen.minutes() > minutesMax) {
            return step(wanted, -1, 1);
        }
        Scores scores = scores(seen);
        if (!(scores.aggregate < ENOUGH)) {
            return wanted;
        }
        double near = shortTerm * (1 - scores.shortTerm);
        double far = longTerm * (1 - scores.longTerm);
        double spent = efficiency * (1 - scores.efficiency);
        if (spent > near && spent > far) {
            return step(wanted, 1, 1);
        }
        return far > near ? step(wanted, 0, -1) : step(wanted, -1, 0);
    }

    private static Strategy step(Strategy from, int newRatios, int intervals) {
        return Strategy.bounded(
                from.intervalScale() + intervals * INTERVAL_STEP,
                from.newRatio() + newRatios * NEW_RATIO_STEP,
                from.difficulty(),
                from.batchSize(),
                from.hintLevel());
    }
}
