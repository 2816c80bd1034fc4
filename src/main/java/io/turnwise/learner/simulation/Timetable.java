package io.turnwise.learner.simulation;

import com.typesafe.config.Config;
import java.util.List;

/** When answers come: some sessions a day, each of so many answers. */
record Timetable(int sessionAnswers, List<Integer> hours, long gapMillis) {

    private static final long START_MILLIS = 1_704_067_200_000L;
    private static final long HOUR_MILLIS = 3_600_000;

    Timetable {
        hours = List.copyOf(hours);
    }

    static Timetable of(Config time) {
        return new Timetable(
                time.getInt("session-answers"),
                time.getIntList("hours"),
                1000 * time.getLong("seconds-between-answers"));
    }

    /** Number of the session that a decision falls into, from 0. */
    int session(int decision) {
        return decision / sessionAnswers;
    }

    /** Answers in the session before that of a decision. */
    int before(int decision) {
        return decision % sessionAnswers;
    }

    int hour(int decision) {
        return hours.get(session(decision) % hours.size());
    }

    long atMillis(int decision) {
        long day = session(decision) / hours.size();
        return START_MILLIS + (24 * day + hour(decision)) * HOUR_MILLIS + before(decision) * gapMillis;
    }
}
