package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.Actions;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.List;

/**
 * What an experienced teacher would do, as a sum of what speaks for an action; the only thing learned is the average
 * reward, which is its confidence.
 *
 * @param rewardKept share of the average that a reward leaves
 */
public record HeuristicRule(
        double support,
        double difficulty,
        double motivation,
        double pace,
        double load,
        double rewardKept,
        double confidenceOfErrors,
        double confidenceOfFatigue,
        double confidenceOfReward,
        double confidenceMin,
        double confidenceMax) {

    public static final HeuristicRule REFERENCE = new HeuristicRule(.35, .25, .2, .15, .05, .85, .4, .35, .25, .1, .9);

    public double averaged(double averageReward, double reward) {
        return Double.isFinite(reward) ? rewardKept * averageReward + (1 - rewardKept) * reward : averageReward;
    }

    public Vote vote(Situation situation, double averageReward) {
        List<Strategy> actions = Actions.all();
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < actions.size(); i++) {
            double score = score(situation.state(), situation.errorRate(), actions.get(i));
            if (score > bestScore) {
                best = i + 1;
                bestScore = score;
            }
        }
        double confidence = confidenceOfErrors * (1 - situation.errorRate())
                + confidenceOfFatigue * (1 - situation.state().fatigue())
                + confidenceOfReward * (averageReward + 1) / 2;
        return new Vote(
                Member.HEURISTIC, best, bestScore, Math.min(confidenceMax, Math.max(confidenceMin, confidence)));
    }

    double score(UserState state, double errorRate, Strategy action) {
        double fatigue = state.fatigue();
        double memory = state.cognition().memory();
        double helped = action.hintLevel() / 2.0 * (.5 + .5 * fatigue) + .3 * (1 - errorRate);
        double distance = Math.abs(action.difficulty().value() - memory * (1 - fatigue));
        double suited = (1 - distance) * (1 - errorRate);
        double willing = (state.motivation() + 1) / 2;
        double novelty = action.newRatio() / .4;
        double moved = (willing * novelty + (1 - willing) * (1 - novelty)) * state.attention();
        double interval = action.intervalScale();
        double quick = state.cognition().speed() > .5 ? 1 - interval / 2 : interval / 2;
        double paced = (1 - Math.abs(interval - 1) + quick) / 2;
        double loaded = Math.min(1, Math.max(0, (action.batchSize() - 5) / 11.0)) * fatigue;
        return support * helped + difficulty * suited + motivation * moved + pace * paced - load * loaded;
    }
}
