package io.turnwise.learner.evaluation;

import io.turnwise.learner.model.memory.ActrSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parameters found on the sessions before the scored one.
 *
 * @param global of all learners together
 * @param strength with which personal parameters are drawn to the global ones, of those tried the one under which the
 *     last of these sessions is predicted best from the ones before it
 * @param personal by learner
 */
public record Fit(ActrSettings global, double strength, Map<String, ActrSettings> personal) {

    private static final List<Double> STRENGTHS = List.of(1.0, 3.0, 10.0, 30.0, 100.0);

    /** Where there is only one session to fit on, nothing can be tried. */
    private static final double STRENGTH_UNTRIED = 10;

    /** How often {@code done} is called. */
    static int steps(List<Attempt> attempts) {
        int learners = byLearner(attempts).size();
        return hasSeveralSessions(attempts) ? 2 + learners * (STRENGTHS.size() + 1) : 1 + learners;
    }

    /**
     * Fits to attempts of some sessions.
     *
     * @param done called after each set of parameters found
     */
    static Fit of(List<Attempt> attempts, Runnable done) {
        double strength = hasSeveralSessions(attempts) ? strength(attempts, done) : STRENGTH_UNTRIED;
        ActrSettings global = ActrFit.global(attempts);
        done.run();
        return new Fit(global, strength, personal(attempts, global, strength, done));
    }

    /** Those of the learner, or of all if nothing is known of this one. */
    ActrSettings of(String learner) {
        return personal.getOrDefault(learner, global);
    }

    private static boolean hasSeveralSessions(List<Attempt> attempts) {
        return attempts.stream().mapToInt(Attempt::session).distinct().count() > 1;
    }

    private static double strength(List<Attempt> attempts, Runnable done) {
        int last = attempts.stream().mapToInt(Attempt::session).max().orElseThrow();
        List<Attempt> before =
                attempts.stream().filter(attempt -> attempt.session() < last).toList();
        List<Attempt> held =
                attempts.stream().filter(attempt -> attempt.session() == last).toList();
        ActrSettings global = ActrFit.global(before);
        done.run();
        double best = STRENGTH_UNTRIED;
        double bestLoss = Double.POSITIVE_INFINITY;
        for (double strength : STRENGTHS) {
            Fit fit = new Fit(global, strength, personal(before, global, strength, done));
            double loss = held.stream()
                    .mapToDouble(attempt -> Score.logLoss(attempt.recall(fit.of(attempt.learner())), attempt.isRight()))
                    .sum();
            if (loss < bestLoss) {
                bestLoss = loss;
                best = strength;
            }
        }
        return best;
    }

    private static Map<String, ActrSettings> personal(
            List<Attempt> attempts, ActrSettings global, double strength, Runnable done) {
        Map<String, ActrSettings> personal = new TreeMap<>();
        byLearner(attempts).forEach((learner, own) -> {
            personal.put(learner, ActrFit.personal(own, global, strength));
            done.run();
        });
        return personal;
    }

    private static Map<String, List<Attempt>> byLearner(List<Attempt> attempts) {
        Map<String, List<Attempt>> byLearner = new TreeMap<>();
        for (Attempt attempt : attempts) {
            byLearner
                    .computeIfAbsent(attempt.learner(), first -> new ArrayList<>())
                    .add(attempt);
        }
        return byLearner;
    }
}
