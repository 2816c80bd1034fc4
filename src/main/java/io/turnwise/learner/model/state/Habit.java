package io.turnwise.learner.model.state;

import io.turnwise.learner.model.numeric.Doubles;
import java.util.ArrayList;
import java.util.List;

/**
 * When and how long a user learns.
 *
 * @param hours share of each hour of the day
 * @param sessionMinutes of the sessions before this one, and {@code sessionAnswers} how many answers they had
 * @param sessionStartMillis of the epoch, when this session began
 * @param answersInSession so far
 */
public record Habit(
        Doubles hours,
        int answers,
        Doubles sessionMinutes,
        Doubles sessionAnswers,
        long sessionStartMillis,
        int answersInSession) {

    public static final Habit FRESH = new Habit(Doubles.filled(24, 1.0 / 24), 0, Doubles.NONE, Doubles.NONE, 0, 0);

    private static final double MILLIS_PER_MINUTE = 60_000;

    /**
     * With one more answer.
     *
     * @param beforeMillis the answer before it, and {@code atMillis} this one, not earlier
     */
    public Habit with(int hour, long beforeMillis, long atMillis, HabitRule rule) {
        return paused(beforeMillis, atMillis, rule).answered(hour, atMillis, rule);
    }

    /** With its session over if there was no answer for long enough; the next answer then begins another. */
    public Habit paused(long beforeMillis, long atMillis, HabitRule rule) {
        if (answersInSession == 0 || atMillis - beforeMillis <= rule.sessionGapMinutes() * MILLIS_PER_MINUTE) {
            return this;
        }
        double minutes = (beforeMillis - sessionStartMillis) / MILLIS_PER_MINUTE;
        return new Habit(
                hours,
                answers,
                sessionMinutes.pushed(minutes, rule.sessions()),
                sessionAnswers.pushed(answersInSession, rule.sessions()),
                sessionStartMillis,
                0);
    }

    private Habit answered(int hour, long atMillis, HabitRule rule) {
        double[] shares = hours.values();
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = rule.kept() * shares[i] + (i == hour ? 1 - rule.kept() : 0);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return new Habit(
                Doubles.of(shares),
                answers + 1,
                sessionMinutes,
                sessionAnswers,
                answersInSession == 0 ? atMillis : sessionStartMillis,
                answersInSession + 1);
    }

    /** The hours most learned at, the most first; none before there is a habit. */
    public List<Integer> preferredHours(HabitRule rule) {
        List<Integer> found = new ArrayList<>();
        while (answers >= rule.preferredAnswers() && found.size() < rule.preferredHours()) {
            int best = -1;
            for (int hour = 0; hour < hours.size(); hour++) {
                if (!found.contains(hour) && (best < 0 || hours.at(hour) > hours.at(best))) {
                    best = hour;
                }
            }
            found.add(best);
        }
        return List.copyOf(found);
    }

    public double usualMinutes(HabitRule rule) {
        return sessionMinutes.median(rule.minutesAtFirst());
    }

    public double usualAnswers(HabitRule rule) {
        return sessionAnswers.median(rule.answersAtFirst());
    }
}
