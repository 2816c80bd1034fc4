package io.turnwise.learner.model.state;

import java.util.List;

/**
 * At what time of day a user answers best, by his last 500 answers.
 *
 * @param answers a letter each, the newest last: the hour counted from a, small if right and capital if wrong
 */
public record Chronotype(String answers) {

    public static final Chronotype UNKNOWN = new Chronotype("");

    private static final List<Kind> TIMES = List.of(Kind.MORNING, Kind.AFTERNOON, Kind.EVENING);

    private static final int CAPACITY = 500;
    private static final int ANSWERS_MIN = 20;
    private static final double CLEAR_VARIANCE = .01;

    /** The times of day that are compared, and none of them. */
    public enum Kind {
        MORNING(6, 10),
        AFTERNOON(14, 18),
        EVENING(19, 22),
        INTERMEDIATE(0, -1);

        private final int from;
        private final int to;

        Kind(int from, int to) {
            this.from = from;
            this.to = to;
        }

        private boolean has(int hour) {
            return from <= hour && hour <= to;
        }
    }

    /** What the answers say, with a confidence from 0 to 1. */
    public record Finding(Kind kind, double confidence) {}

    public Chronotype with(int hour, boolean correct) {
        String kept = answers.length() < CAPACITY ? answers : answers.substring(answers.length() - CAPACITY + 1);
        return new Chronotype(kept + (char) ((correct ? 'a' : 'A') + hour));
    }

    /** With too few answers, or none of a time of day, nothing is told apart. */
    public Finding read() {
        double[] accuracies = new double[TIMES.size()];
        boolean complete = answers.length() >= ANSWERS_MIN;
        for (int i = 0; i < accuracies.length; i++) {
            accuracies[i] = accuracy(TIMES.get(i));
            complete &= !Double.isNaN(accuracies[i]);
        }
        if (!complete) {
            return new Finding(Kind.INTERMEDIATE, 0);
        }
        double mean = (accuracies[0] + accuracies[1] + accuracies[2]) / TIMES.size();
        double variance = 0;
        int best = 0;
        for (int i = 0; i < accuracies.length; i++) {
            variance += (accuracies[i] - mean) * (accuracies[i] - mean) / TIMES.size();
            best = accuracies[i] > accuracies[best] ? i : best;
        }
        double ofCount = Math.min(answers.length() / 100.0, 1);
        return variance > CLEAR_VARIANCE
                ? new Finding(TIMES.get(best), (ofCount + .8) / 2)
                : new Finding(Kind.INTERMEDIATE, (ofCount + .5) / 2 * .8);
    }

    private double accuracy(Kind kind) {
        int count = 0;
        int right = 0;
        for (int i = 0; i < answers.length(); i++) {
            char letter = answers.charAt(i);
            boolean correct = letter >= 'a';
            if (kind.has(letter - (correct ? 'a' : 'A'))) {
                count++;
                right += correct ? 1 : 0;
            }
        }
        return count == 0 ? Double.NaN : (double) right / count;
    }
}
