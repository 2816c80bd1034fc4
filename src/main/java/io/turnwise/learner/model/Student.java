package io.turnwise.learner.model;

import io.turnwise.learner.model.numeric.Doubles;
import io.turnwise.learner.model.perception.Observation;
import io.turnwise.learner.model.perception.Percept;
import io.turnwise.learner.model.perception.Windows;
import io.turnwise.learner.model.state.Chronotype;
import io.turnwise.learner.model.state.Cognition;
import io.turnwise.learner.model.state.Flow;
import io.turnwise.learner.model.state.Habit;
import io.turnwise.learner.model.state.RecentAnswers;
import io.turnwise.learner.model.state.ReturnRule;
import io.turnwise.learner.model.state.TrendReading;
import io.turnwise.learner.model.state.TrendSamples;
import io.turnwise.learner.model.state.UserState;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a user from the answers given, apart from what suits the user.
 *
 * @param longTerm cognition over a long time, part of what the state has
 * @param answers so far
 * @param answersBelowZero how many in a row left motivation below 0
 * @param lastAtMillis of the epoch, of the latest answer; absent before the first
 * @param flowRtMillis latest response times, more of them than the windows have
 */
public record Student(
        UserState state,
        Cognition longTerm,
        int answers,
        int answersBelowZero,
        @Nullable Long lastAtMillis,
        Windows windows,
        RecentAnswers recent,
        TrendSamples trend,
        Habit habit,
        Chronotype chronotype,
        Doubles flowRtMillis) {

    public static final Student FRESH = new Student(
            UserState.FRESH,
            Cognition.UNKNOWN,
            0,
            0,
            null,
            Windows.EMPTY,
            RecentAnswers.NONE,
            TrendSamples.NONE,
            Habit.FRESH,
            Chronotype.UNKNOWN,
            Doubles.NONE);

    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final double CONFIDENCE_STEP = .01;

    /** Days since the latest answer; 0 before the first, and when that is later. */
    public double daysAway(long atMillis) {
        return lastAtMillis == null ? 0 : Math.max(0, atMillis - lastAtMillis) / MILLIS_PER_DAY;
    }

    /** As found on coming back after so many days, the time away thereby counted. */
    Student returned(long atMillis, ReturnRule rule) {
        double days = daysAway(atMillis);
        return new Student(
                rule.returned(state, days),
                rule.faded(longTerm, days),
                answers,
                0,
                atMillis,
                Windows.EMPTY,
                recent,
                trend,
                habit,
                chronotype,
                Doubles.NONE);
    }

    /**
     * With one more answer; an answer with an earlier stamp than the latest is taken to come right after it.
     *
     * @param errorRate of the answers before it
     */
    public Student after(Observation seen, double errorRate, Settings settings) {
        long before = lastAtMillis == null ? seen.atMillis() : lastAtMillis;
        long at = Math.max(before, seen.atMillis());
        double restMinutes = seen.pausedMillis() == null
                ? (at - before) / MILLIS_PER_MINUTE
                : seen.pausedMillis() / MILLIS_PER_MINUTE;
        Windows seenWindows = settings.perception().windows(windows, seen);
        Percept percept = settings.perception().perceive(seen, seenWindows);
        double motivation = settings.motivation().next(state.motivation(), seen.correct(), false);
        Cognition shown = settings.cognition().shown(seen.correct(), seen.rtMillis(), errorRate);
        Cognition nextLongTerm = settings.cognition().longTerm(longTerm, shown);
        Cognition cognition = settings.cognition().believed(nextLongTerm, shown, answers + 1);
        TrendSamples samples = settings.trend().with(trend, cognition, at);
        UserState next = new UserState(
                settings.attention().next(state.attention(), percept),
                settings.fatigue().next(state.fatigue(), seen.correct(), percept.zRt(), seen.retryCount(), restMinutes),
                motivation,
                cognition,
                settings.trend().read(samples).trend(),
                state.confidence() + CONFIDENCE_STEP);
        return new Student(
                next,
                nextLongTerm,
                answers + 1,
                motivation < 0 ? answersBelowZero + 1 : 0,
                at,
                seenWindows,
                recent.with(seen.correct()),
                samples,
                habit.with(seen.hour(), before, at, settings.habit()),
                chronotype.with(seen.hour(), seen.correct()),
                flowRtMillis.pushed(seen.rtMillis(), settings.flow().window()));
    }

    Student supposing(UserState supposed, RecentAnswers supposedRecent) {
        return new Student(
                supposed,
                longTerm,
                answers,
                answersBelowZero,
                lastAtMillis,
                windows,
                supposedRecent,
                trend,
                habit,
                chronotype,
                flowRtMillis);
    }

    public Flow flow(Settings settings) {
        return settings.flow().read(recent.accuracy(), flowRtMillis, state);
    }

    public TrendReading trendReading(Settings settings) {
        return settings.trend().read(trend);
    }
}
