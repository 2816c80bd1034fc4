package io.turnwise.learner.model.memory;

/**
 * How well a word is known, by the word's own record.
 *
 * <p>Three shares are read off the record: memory is the share recalled, with half a review for and half a review
 * against it added, so that one right answer proves little; stability is where {@code stabilityDays} stands between its
 * bounds on a logarithmic scale; speed is the mean of 5 s over the time taken, each at most 1.
 *
 * @param level from 0 to 5
 * @param ease 2.25 to 2.75, for schedulers that want a factor of ease
 * @param points 0 to 100, how the answers were
 * @param score 0 to 1, how well it is known now
 * @param isLearned whether the score reaches {@value #LEARNED_SCORE}
 * @param confidence 0 to 1: a tired learner's results say less
 */
public record Mastery(
        WordStatus status, int level, double ease, double points, double score, boolean isLearned, double confidence) {

    public static final double LEARNED_SCORE = .7;

    private static final int RECENT_REVIEWS = 10;
    private static final int SPEED_MILLIS = 5000;
    private static final int SPEED_MILLIS_MIN = 1000;

    /**
     * Judges a word.
     *
     * @param fatigue of the learner, from 0 to 1
     */
    public static Mastery of(
            WordRecord word, long nowMillis, double fatigue, ActrSettings actr, StabilitySettings forgetting) {
        boolean[] recalled = word.recalled();
        double memory = (count(recalled, 0) + .5) / (recalled.length + 1);
        double stability = stability(word.stabilityDays(), forgetting);
        double speed = speed(word);
        int level = recalled.length == 0 ? 0 : level(memory, stability, speed);
        int recent = Math.min(RECENT_REVIEWS, recalled.length);
        double recentAccuracy = share(count(recalled, recalled.length - recent), recent);
        double score = .3 * level / 5 + .5 * word.recall(nowMillis, actr) + .2 * recentAccuracy;
        double accuracy = share(count(recalled, 0), recalled.length);
        double points = recalled.length == 0 ? 0 : 100 * (.4 * accuracy + .2 * speed + .2 * stability + .2 * memory);
        return new Mastery(
                WordStatus.of(level, stability, word.reviewCount()),
                level,
                2.5 + (stability - .5) * .5,
                points,
                score,
                score >= LEARNED_SCORE,
                1 - .3 * fatigue);
    }

    /** The level of three shares, each from 0 to 1. */
    static int level(double memory, double stability, double speed) {
        double known = .6 * memory + .3 * stability + .1 * speed;
        if (known < .2) {
            return 0;
        }
        if (known < .4) {
            return 1;
        }
        if (known < .6) {
            return 2;
        }
        if (known < .75) {
            return 3;
        }
        return known < .9 ? 4 : 5;
    }

    private static double stability(double stabilityDays, StabilitySettings settings) {
        double days = Math.min(settings.daysMax(), Math.max(settings.daysMin(), stabilityDays));
        if (settings.daysMax() == settings.daysMin()) {
            return 1;
        }
        return StrictMath.log(days / settings.daysMin()) / StrictMath.log(settings.daysMax() / settings.daysMin());
    }

    private static double speed(WordRecord word) {
        double sum = 0;
        int reviews = 0;
        for (Review review : word.reviews()) {
            sum += Math.min(1, (double) SPEED_MILLIS / Math.max(SPEED_MILLIS_MIN, review.rtMillis()));
            reviews++;
        }
        return share(sum, reviews);
    }

    private static int count(boolean[] recalled, int from) {
        int count = 0;
        for (int i = from; i < recalled.length; i++) {
            count += recalled[i] ? 1 : 0;
        }
        return count;
    }

    private static double share(double part, int whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
