package io.turnwise.learner.evaluation;

import io.turnwise.learner.model.memory.ActrSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Models of recall compared on the last session of a log, with what the sessions before it tell.
 *
 * @param facts of the log
 * @param scoredSession its last
 * @param fittedAttempts and {@code scoredAttempts}: how many attempts there are before it and in it
 * @param scores constants, fixed parameters, and fitted ones if they were asked for
 * @param requirements what fitted parameters must be better than; none if they were not asked for
 * @param fit the fitted parameters, if they were asked for
 */
public record Evaluation(
        PracticeLog.Facts facts,
        int scoredSession,
        int fittedAttempts,
        int scoredAttempts,
        List<Score> scores,
        List<Requirement> requirements,
        @Nullable Fit fit) {

    /** One log loss that must be below another. */
    public record Requirement(String lower, String higher, boolean holds) {}

    private static final String CONSTANT = "constant";
    private static final String CONSTANT_PER_LEARNER = "constant per learner";
    private static final String FITTED = "fitted";
    private static final String FITTED_PER_LEARNER = "fitted per learner";

    /** A log cut in two. */
    private record Cut(List<Attempt> fitted, List<Attempt> scored) {

        static Cut of(PracticeLog log) {
            List<Attempt> attempts = log.attempts();
            int last = lastSession(attempts);
            return new Cut(
                    attempts.stream()
                            .filter(attempt -> attempt.session() < last)
                            .toList(),
                    attempts.stream()
                            .filter(attempt -> attempt.session() == last)
                            .toList());
        }
    }

    private static int lastSession(List<Attempt> attempts) {
        return attempts.stream().mapToInt(Attempt::session).max().orElse(0);
    }

    /** Why a log cannot be evaluated, empty if it can. */
    public static Optional<String> problem(PracticeLog log) {
        Cut cut = Cut.of(log);
        if (cut.scored.isEmpty()) {
            return Optional.of("no test of a word that was presented before");
        }
        return cut.fitted.isEmpty()
                ? Optional.of("no session before the one to be scored, number " + lastSession(cut.scored))
                : Optional.empty();
    }

    /** How often {@code done} of {@link #of} is called, at least once. */
    public static int steps(PracticeLog log, boolean isFitted) {
        return 1 + (isFitted ? Fit.steps(Cut.of(log).fitted) : 0);
    }

    /**
     * Evaluates a log that has no {@link #problem}.
     *
     * @param isFitted whether to fit parameters, which takes seconds per 10,000 attempts
     * @param done called after each step
     */
    public static Evaluation of(PracticeLog log, boolean isFitted, Runnable done) {
        Cut cut = Cut.of(log);
        Fit fit = isFitted ? Fit.of(cut.fitted, done) : null;
        List<Score> scores = scores(cut, fit);
        done.run();
        return new Evaluation(
                log.facts(),
                lastSession(cut.scored),
                cut.fitted.size(),
                cut.scored.size(),
                scores,
                fit == null ? List.of() : requirements(scores),
                fit);
    }

    /** Whether everything that must be better is. */
    public boolean holds() {
        return requirements.stream().allMatch(Requirement::holds);
    }

    private static List<Score> scores(Cut cut, @Nullable Fit fit) {
        double constant = share(cut.fitted);
        Map<String, Double> constants = sharesPerLearner(cut.fitted);
        List<Score> scores = new ArrayList<>();
        scores.add(Score.of(CONSTANT, cut.scored, attempt -> constant));
        scores.add(Score.of(
                CONSTANT_PER_LEARNER, cut.scored, attempt -> constants.getOrDefault(attempt.learner(), constant)));
        scores.add(Score.of("reference", cut.scored, ActrSettings.REFERENCE));
        scores.add(Score.of("published", cut.scored, ActrSettings.PUBLISHED));
        scores.add(Score.of("standard", cut.scored, ActrSettings.STANDARD));
        if (fit != null) {
            scores.add(Score.of(FITTED, cut.scored, fit.global()));
            scores.add(Score.of(FITTED_PER_LEARNER, cut.scored, attempt -> attempt.recall(fit.of(attempt.learner()))));
        }
        return List.copyOf(scores);
    }

    private static double share(List<Attempt> attempts) {
        return (double) attempts.stream().filter(Attempt::isRight).count() / attempts.size();
    }

    private static Map<String, Double> sharesPerLearner(List<Attempt> attempts) {
        Map<String, int[]> rightAndAll = new HashMap<>();
        for (Attempt attempt : attempts) {
            int[] counts = rightAndAll.computeIfAbsent(attempt.learner(), first -> new int[2]);
            counts[0] += attempt.isRight() ? 1 : 0;
            counts[1]++;
        }
        Map<String, Double> shares = new HashMap<>();
        rightAndAll.forEach((learner, counts) -> shares.put(learner, (double) counts[0] / counts[1]));
        return shares;
    }

    private static List<Requirement> requirements(List<Score> scores) {
        return List.of(
                requirement(scores, FITTED, CONSTANT),
                requirement(scores, FITTED_PER_LEARNER, FITTED),
                requirement(scores, FITTED_PER_LEARNER, CONSTANT_PER_LEARNER));
    }

    private static Requirement requirement(List<Score> scores, String lower, String higher) {
        return new Requirement(lower, higher, logLoss(scores, lower) < logLoss(scores, higher));
    }

    private static double logLoss(List<Score> scores, String model) {
        return scores.stream()
                .filter(score -> score.model().equals(model))
                .mapToDouble(Score::logLoss)
                .findFirst()
                .orElseThrow();
    }
}
