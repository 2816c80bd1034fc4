package io.turnwise.learner.model.state;

/**
 * How fatigue grows with effort and goes with rest.
 *
 * @param errorWeight of the error term, which is {@code wrongEffort} or {@code correctEffort}
 * @param slownessWeight per deviation of the response time
 * @param retryWeight per retry
 * @param growth share of the effort that becomes fatigue
 * @param decayPerMinute of rest
 * @param longBreakMinutes rest beyond which fatigue is {@code start} again; without session recovery only
 * @param zRtClamp bound of the deviation of the response time in either direction; 0 for none
 * @param sessionRecovery whether rest beyond {@code sessionGapMinutes} ends a session, from where on fatigue goes by
 *     {@code recoveryPerHour}: each stretch of rest then counts once
 */
public record FatigueRule(
        double errorWeight,
        double slownessWeight,
        double retryWeight,
        double correctEffort,
        double wrongEffort,
        double growth,
        double decayPerMinute,
        double longBreakMinutes,
        double start,
        double min,
        double max,
        double zRtClamp,
        boolean sessionRecovery,
        double sessionGapMinutes,
        double recoveryPerHour) {

    public static final FatigueRule REFERENCE =
            new FatigueRule(.3, .25, .2, -.05, .1, .5, .08, 30, .1, .05, 1, 0, false, 5, .3);

    public static final FatigueRule STANDARD =
            new FatigueRule(.3, .25, .2, -.05, .1, .5, .08, 30, .1, .05, 1, 3, true, 5, .3);

    private static final double MINUTES_PER_HOUR = 60;

    /**
     * Fatigue after an answer.
     *
     * @param zRt deviations by which the answer took longer than usual
     * @param restMinutes before the question
     */
    public double next(double fatigue, boolean correct, double zRt, int retries, double restMinutes) {
        double slowness = zRtClamp > 0 ? Bounds.within(zRt, -zRtClamp, zRtClamp, 0) : zRt;
        double effort = errorWeight * (correct ? correctEffort : wrongEffort)
                + slownessWeight * slowness
                + retryWeight * retries;
        double rested = rested(fatigue, restMinutes);
        boolean anew = !sessionRecovery && restMinutes > longBreakMinutes;
        double next = anew ? start : rested + effort * Math.max(0, 1 - rested) * growth;
        return Bounds.within(next, min, max, fatigue);
    }

    /** What rest leaves of fatigue. */
    public double rested(double fatigue, double restMinutes) {
        double inSession = sessionRecovery ? Math.min(restMinutes, sessionGapMinutes) : restMinutes;
        double beyondHours = (restMinutes - inSession) / MINUTES_PER_HOUR;
        return fatigue * StrictMath.exp(-decayPerMinute * inSession - recoveryPerHour * beyondHours);
    }
}
