package io.turnwise.learner.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a practice log, and the attempts among them: tests of a word that was presented before in the same
 * session. How much time lies between sessions is not known, so a word that comes again in another one starts anew.
 *
 * <p>Not thread-safe.
 */
public final class PracticeLog {

    /** More rows are not held in memory. */
    public static final int ROWS_MAX = 200_000;

    /** More presentations of a word in a session are refused, since every attempt looks back on all before it. */
    public static final int PRESENTATIONS_MAX = 200;

    private record Sitting(String learner, int session) {}

    private record Word(Sitting sitting, String name) {}

    private record Presentation(double atSeconds, boolean isRecalled) {}

    private final Map<Sitting, Double> lastSeconds = new HashMap<>();
    private final Map<Word, List<Presentation>> presentations = new HashMap<>();
    private final Set<String> learners = new HashSet<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private int rows;
    private int tests;
    private int rightTests;

    /** Takes the next row of the log, or says why it is refused. */
    public Optional<String> add(PracticeRow row) {
        Sitting sitting = new Sitting(row.learner(), row.session());
        Word word = new Word(sitting, row.word());
        List<Presentation> before = presentations.getOrDefault(word, List.of());
        double last = lastSeconds.getOrDefault(sitting, 0.0);
        if (row.atSeconds() < last) {
            return Optional.of("is at " + row.atSeconds() + " s, before the row above it at " + last + " s");
        }
        if (before.size() >= PRESENTATIONS_MAX) {
            return Optional.of("presents a word for more than the " + PRESENTATIONS_MAX + "th time");
        }
        if (rows >= ROWS_MAX) {
            return Optional.of("is beyond " + ROWS_MAX + " rows");
        }
        rows++;
        learners.add(row.learner());
        lastSeconds.put(sitting, row.atSeconds());
        if (!row.isStudy()) {
            tests++;
            rightTests += row.isRight() ? 1 : 0;
            if (!before.isEmpty()) {
                attempts.add(attempt(row, before));
            }
        }
        presentations
                .computeIfAbsent(word, first -> new ArrayList<>())
                .add(new Presentation(row.atSeconds(), row.isRecalled()));
        return Optional.empty();
    }

    private static Attempt attempt(PracticeRow row, List<Presentation> before) {
        double[] agesSeconds = new double[before.size()];
        boolean[] recalled = new boolean[before.size()];
        for (int i = 0; i < agesSeconds.length; i++) {
            agesSeconds[i] = row.onsetSeconds() - before.get(i).atSeconds();
            recalled[i] = before.get(i).isRecalled();
        }
        return new Attempt(row.learner(), row.session(), agesSeconds, recalled, row.isRight());
    }

    /** In the order of the log. */
    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** What the log holds. */
    public Facts facts() {
        return new Facts(rows, learners.size(), tests, tests == 0 ? 0 : (double) rightTests / tests);
    }

    /**
     * What a log holds.
     *
     * @param rows that were taken, tests and presentations for study
     * @param accuracy share of the tests that were right, 0 if there is none
     */
    public record Facts(int rows, int learners, int tests, double accuracy) {}
}
