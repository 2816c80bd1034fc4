package io.turnwise.learner.model;

import io.turnwise.learner.model.bandit.Bucket;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.bandit.Phase;
import io.turnwise.learner.model.bandit.Vote;
import io.turnwise.learner.model.strategy.Guardrail;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be served, who wanted it, and all that learning from its outcome will need.
 *
 * @param members their votes, in the order of {@link io.turnwise.learner.model.bandit.Member}; none but of the ensemble
 * @param action from 1 to 24, the one chosen, or most like what was chosen
 * @param strategy served, which need not be any of the 24
 * @param guardrails that changed it
 * @param x of the strategy served
 * @param confidence 0 to 1
 * @param probe of cold start that this is, counted from 0; absent if it is none
 */
public record Choice(
        Phase phase,
        Source source,
        List<Vote> members,
        int action,
        Strategy strategy,
        List<Guardrail> guardrails,
        Bucket bucket,
        FeatureVector x,
        double confidence,
        @Nullable Integer probe) {

    public Choice {
        members = List.copyOf(members);
        guardrails = List.copyOf(guardrails);
    }

    /** Whether it is served as it was wanted, so that its outcome speaks of the action. */
    public boolean unguarded() {
        return guardrails.isEmpty();
    }
}
