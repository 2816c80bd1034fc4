package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;
import io.turnwise.learner.model.strategy.Actions;

/**
 * Successes and failures of each action, those taken for granted not among them.
 *
 * @param counts success and failure of action 1, of action 2 and so on; empty while there are none at all
 */
public record Betas(Doubles counts) {

    public static final Betas NONE = new Betas(Doubles.NONE);

    public Betas {
        if (counts.size() != 0 && counts.size() != 2 * Actions.count()) {
            throw new IllegalArgumentException(counts.size() + " counts");
        }
    }

    Betas with(int action, double success, double failure) {
        double[] next = counts.size() == 0 ? new double[2 * Actions.count()] : counts.values();
        next[2 * (action - 1)] += success;
        next[2 * (action - 1) + 1] += failure;
        return new Betas(Doubles.of(next));
    }

    double successes(int action) {
        return counts.size() == 0 ? 0 : counts.at(2 * (action - 1));
    }

    double failures(int action) {
        return counts.size() == 0 ? 0 : counts.at(2 * (action - 1) + 1);
    }
}
