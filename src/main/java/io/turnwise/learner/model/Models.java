package io.turnwise.learner.model;

import io.turnwise.learner.model.bandit.Ensemble;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.bandit.Linucb;
import io.turnwise.learner.model.bandit.Thompson;

/**
 * What has been learned of what suits a user.
 *
 * @param averageReward all that the heuristic learns
 */
public record Models(Linucb linucb, Thompson thompson, double averageReward, Ensemble ensemble) {

    static Models fresh(Settings settings) {
        return new Models(
                Linucb.fresh(FeatureVector.SIZE, settings.linucb()),
                Thompson.FRESH,
                0,
                Ensemble.fresh(settings.ensemble()));
    }
}
