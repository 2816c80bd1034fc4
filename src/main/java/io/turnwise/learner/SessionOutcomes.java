package io.turnwise.learner;

import io.turnwise.learner.model.Aims;
import io.turnwise.learner.model.Student;
import io.turnwise.learner.model.state.Habit;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.Objectives;
import io.turnwise.learner.model.strategy.Outcomes;
import org.jspecify.annotations.Nullable;

/** How the session of a learner goes, as far as his objectives are about it. */
final class SessionOutcomes {

    private static final double MILLIS_PER_MINUTE = 60_000;

    private SessionOutcomes() {}

    /** Absent where a user has named none. */
    static @Nullable Aims aims(Profile profile, Student student) {
        Objectives objectives = profile.objectives();
        return objectives == null ? null : new Aims(objectives, of(student));
    }

    static Outcomes of(Student student) {
        UserState state = student.state();
        Habit habit = student.habit();
        double rtMillis = student.windows().rtMillis().mean();
        double dwellMillis = student.windows().dwellMillis().mean();
        double wordMillis = Math.max(1, Math.max(rtMillis, dwellMillis));
        long last = student.lastAtMillis() == null ? 0 : student.lastAtMillis();
        double minutes = habit.answersInSession() == 0 ? 0 : (last - habit.sessionStartMillis()) / MILLIS_PER_MINUTE;
        double wordsPerMinute = minutes > 0 ? habit.answersInSession() / minutes : MILLIS_PER_MINUTE / wordMillis;
        double answering = habit.answersInSession() * wordMillis / MILLIS_PER_MINUTE;
        return new Outcomes(
                student.recent().accuracy(),
                rtMillis,
                state.attention(),
                state.cognition().memory(),
                1,
                state.cognition().stability(),
                wordsPerMinute,
                minutes > 0 ? Math.min(1, answering / minutes) : 1,
                state.fatigue(),
                minutes);
    }
}
