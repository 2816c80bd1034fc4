package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.strategy.Actions;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.List;

/** How LinUCB votes: for the action with the best outcome that is still plausible. */
public final class LinucbVote {

    private LinucbVote() {}

    /** The score is that outcome, the confidence how far it lies above the one expected at alpha 1. */
    public static Vote of(Linucb model, Situation situation, double alpha) {
        LinucbScores scores = model.scores();
        List<Strategy> actions = Actions.all();
        double[] x = new double[FeatureVector.SIZE];
        if (model.d() != x.length) {
            throw new IllegalStateException("A model for vectors of " + model.d());
        }
        double[] means = new double[actions.size()];
        double[][] rows = new double[x.length][actions.size()];
        for (int action = 0; action < means.length; action++) {
            FeatureVector.fill(x, situation, actions.get(action));
            means[action] = scores.mean(x);
            for (int i = 0; i < x.length; i++) {
                rows[i][action] = x[i];
            }
        }
        double[] widths = scores.widths(rows);
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        double bestWidth = 0;
        for (int action = 0; action < means.length; action++) {
            double score = means[action] + alpha * widths[action];
            if (score > bestScore) {
                best = action + 1;
                bestScore = score;
                bestWidth = widths[action];
            }
        }
        return new Vote(Member.LINUCB, best, bestScore, bestWidth);
    }
}
