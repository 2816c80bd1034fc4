package io.turnwise.learner.model.strategy;

import static io.turnwise.learner.model.strategy.Difficulty.EASY;
import static io.turnwise.learner.model.strategy.Difficulty.MID;

import io.turnwise.learner.model.state.UserState;

/** What is served when nothing can be chosen: by what is believed of the user, then by the hour of day. */
public final class Fallback {

    /** Fewer answers than this say nothing. */
    public static final int ANSWERS_MIN = 20;

    private static final Strategy STRUGGLING = new Strategy(.8, .1, EASY, 6, 2);
    private static final Strategy TIRED = new Strategy(1.2, .1, EASY, 5, 2);
    private static final Strategy UNWILLING = new Strategy(1, .15, EASY, 6, 2);
    private static final Strategy DISTRACTED = new Strategy(.8, .1, MID, 5, 1);
    private static final Strategy FORGETFUL = new Strategy(.8, .1, MID, 8, 1);
    private static final Strategy THRIVING = new Strategy(1.2, .3, MID, 12, 0);

    private static final Strategy MORNING = new Strategy(1, .15, EASY, 6, 1);
    private static final Strategy NOON = new Strategy(1, .25, MID, 10, 1);
    private static final Strategy EVENING = new Strategy(1.2, .15, MID, 8, 1);
    private static final Strategy NIGHT = new Strategy(1, .1, EASY, 5, 2);

    private Fallback() {}

    /**
     * Before the guardrails.
     *
     * @param answers of the user so far
     * @param hour 0 to 23 where the user is
     */
    public static Strategy strategy(int answers, double errorRate, UserState state, int hour) {
        if (answers < ANSWERS_MIN) {
            return Strategy.STANDARD;
        }
        if (errorRate > .5) {
            return STRUGGLING;
        }
        if (state.fatigue() > .6) {
            return TIRED;
        }
        if (state.motivation() < -.3) {
            return UNWILLING;
        }
        if (state.attention() < .4) {
            return DISTRACTED;
        }
        double memory = state.cognition().memory();
        if (memory < .6) {
            return FORGETFUL;
        }
        if (memory > .75 && state.attention() > .6 && state.fatigue() < .4 && state.motivation() > .3) {
            return THRIVING;
        }
        return byHour(hour);
    }

    private static Strategy byHour(int hour) {
        if (hour >= 22 || hour <= 5) {
            return NIGHT;
        }
        if (hour <= 8) {
            return MORNING;
        }
        if (hour == 13 || hour == 14) {
            return NOON;
        }
        return hour >= 19 ? EVENING : Strategy.STANDARD;
    }
}
