package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.state.UserState;

/**
 * What is known when a strategy is chosen, before there is one.
 *
 * @param errorRate of the last answers, 0 to 1
 * @param rtNorm last response time, 0 at 1 s or less and 1 at 4 s or more
 * @param hourSine and {@code hourCosine} of the hour of day
 * @param daytime 1 in the middle of the day, else 0
 */
public record Situation(
        UserState state, double errorRate, double rtNorm, double hourSine, double hourCosine, double daytime) {

    private static final double HOURS = 24;

    /**
     * The situation after an answer.
     *
     * @param rtMillis of that answer
     * @param hour 0 to 23 where the user is
     */
    public static Situation of(UserState state, double errorRate, double rtMillis, int hour) {
        double part = hour / HOURS;
        double angle = 2 * StrictMath.PI * part;
        return new Situation(
                state,
                share(errorRate, .5),
                share((rtMillis - 1000) / 3000, 0),
                StrictMath.sin(angle),
                StrictMath.cos(angle),
                part > .33 && part < .75 ? 1 : 0);
    }

    private static double share(double value, double otherwise) {
        return Double.isFinite(value) ? Math.min(1, Math.max(0, value)) : otherwise;
    }
}
