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
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        double bestWidth = 0;
        for (int i = 0; i < actions.size(); i++) {
            FeatureVector.fill(x, situation, actions.get(i));
            double width = scores.width(x);
            double score = scores.mean(x) + alpha * width;
            if (score > bestScore) {
                best = i + 1;
                bestScore = score;
                bestWidth = width;
            }
        }
        return new Vote(Member.LINUCB, best, bestScore, bestWidth);
    }
}
