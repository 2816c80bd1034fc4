package io.turnwise.learner.model.memory;

/**
 * The parameters of exponential forgetting.
 *
 * @param startDays stability of a word not met yet
 * @param daysMin and {@code daysMax}: where stability stays
 * @param recalledFactor by which a right answer multiplies it, and {@code lapsedFactor} a wrong one
 * @param target recall at which the next review is due, between 0 and 1
 */
public record StabilitySettings(
        double startDays, double daysMin, double daysMax, double recalledFactor, double lapsedFactor, double target) {

    public static final StabilitySettings REFERENCE = new StabilitySettings(1, .1, 90, 1.4, .65, .8);

    public StabilitySettings {
        if (!(daysMin > 0 && daysMin <= startDays && startDays <= daysMax && daysMax <= 3650)) {
            throw new IllegalArgumentException(
                    "Days not in order: " + daysMin + " <= " + startDays + " <= " + daysMax + " <= 3650");
        }
        if (!(recalledFactor > 0 && recalledFactor <= 100 && lapsedFactor > 0 && lapsedFactor <= 100)) {
            throw new IllegalArgumentException(
                    "Factors not above 0 and up to 100: " + recalledFactor + ", " + lapsedFactor);
        }
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("A target is between 0 and 1, not " + target);
        }
    }
}
