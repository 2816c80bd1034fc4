package io.turnwise.cli.learner;

import io.turnwise.learner.evaluation.PracticeRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tests of one learner in the order of the log, on one line of time.
 *
 * @param learner as the log names it
 */
record Answering(String learner, List<Answer> answers) {

    /**
     * One answer.
     *
     * @param playedSeconds when it is played, from the start, with no time between sessions
     * @param agedSeconds when it was given, from the start of the first session
     * @param rtMillis at least 1
     */
    record Answer(String word, boolean isRight, int session, double playedSeconds, double agedSeconds, long rtMillis) {}

    private static final double DAY_SECONDS = 24 * 60 * 60;
    private static final double SECOND_MILLIS = 1000;

    /**
     * The learners of a log, in the order of their first row.
     *
     * @param daysBetween the start of a session and that of the next
     */
    static List<Answering> of(List<PracticeRow> rows, int daysBetween) {
        Map<String, List<PracticeRow>> byLearner = new LinkedHashMap<>();
        for (PracticeRow row : rows) {
            byLearner.computeIfAbsent(row.learner(), first -> new ArrayList<>()).add(row);
        }
        List<Answering> answerings = new ArrayList<>();
        byLearner.forEach((learner, own) -> answerings.add(new Answering(learner, answers(own, daysBetween))));
        return answerings;
    }

    private static List<Answer> answers(List<PracticeRow> rows, int daysBetween) {
        List<Answer> answers = new ArrayList<>();
        double sessionsBefore = 0;
        PracticeRow last = rows.get(0);
        for (PracticeRow row : rows) {
            if (row.session() != last.session()) {
                sessionsBefore += last.atSeconds();
            }
            if (!row.isStudy()) {
                answers.add(new Answer(
                        row.word(),
                        row.isRight(),
                        row.session(),
                        sessionsBefore + row.atSeconds(),
                        (row.session() - 1) * daysBetween * DAY_SECONDS + row.atSeconds(),
                        Math.max(1, Math.round(row.rtSeconds() * SECOND_MILLIS))));
            }
            last = row;
        }
        return List.copyOf(answers);
    }

    /** When the last answer was given, from the start of the first session. */
    double agedSeconds() {
        return answers.stream().mapToDouble(Answer::agedSeconds).max().orElse(0);
    }
}
