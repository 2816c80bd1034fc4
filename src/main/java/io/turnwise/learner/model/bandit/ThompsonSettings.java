package io.turnwise.learner.model.bandit;

/**
 * How Thompson sampling counts and mixes.
 *
 * @param success and {@code failure}: what each action is taken to have had at first, above 0
 * @param soft whether a reward counts in parts as success and failure, rather than whole as success from {@code
 *     successReward} on
 * @param bucketHalf count at which an action's outcomes in the bucket weigh as much as all others, within {@code
 *     bucketMin} and {@code bucketMax}
 */
public record ThompsonSettings(
        double success,
        double failure,
        boolean soft,
        double successReward,
        double bucketHalf,
        double bucketMin,
        double bucketMax) {

    public static final ThompsonSettings REFERENCE = new ThompsonSettings(1, 1, false, .5, 20, .3, .7);
}
