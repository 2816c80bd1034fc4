package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;
import io.turnwise.learner.model.strategy.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * How far a user is known.
 *
 * @param type once it is settled
 * @param probeIndex the next probe, counted from 0; past the last once the type is settled
 * @param updates credited answers so far
 * @param beliefs in each kind of learner, as logarithms that need not sum to anything
 */
public record ColdStart(Phase phase, @Nullable UserType type, int probeIndex, int updates, Doubles beliefs) {

    public static ColdStart fresh(ColdStartRule rule) {
        return new ColdStart(Phase.CLASSIFY, null, 0, 0, rule.priors());
    }

    /** The probe to serve; none once the type is settled. */
    public @Nullable Strategy probe(ColdStartRule rule) {
        return phase == Phase.CLASSIFY ? rule.probes().get(probeIndex) : null;
    }

    /** What suits the type; none before it is settled. */
    public @Nullable Strategy settled(ColdStartRule rule) {
        return type == null ? null : rule.settled(type);
    }

    /**
     * With one more credited answer.
     *
     * @param probe the probe that it answers, counted from 0; absent if it answers none
     */
    public ColdStart answered(@Nullable Integer probe, boolean correct, double rtMillis, ColdStartRule rule) {
        int count = updates + 1;
        ColdStart next = new ColdStart(phase, type, probeIndex, count, beliefs);
        if (phase == Phase.CLASSIFY && probe != null && probe == probeIndex) {
            next = probed(rule.believed(beliefs, probe, correct, rtMillis), count, rule);
        }
        return next.phase == Phase.EXPLORE && count >= rule.normalUpdates()
                ? new ColdStart(Phase.NORMAL, next.type, next.probeIndex, count, next.beliefs)
                : next;
    }

    private ColdStart probed(Doubles believed, int count, ColdStartRule rule) {
        int all = rule.probes().size();
        int answered = probeIndex + 1;
        int likeliest = 0;
        double sum = 0;
        for (int i = 0; i < believed.size(); i++) {
            likeliest = believed.at(i) > believed.at(likeliest) ? i : likeliest;
        }
        for (double belief : believed.values()) {
            sum += StrictMath.exp(belief - believed.at(likeliest));
        }
        boolean sure = answered >= rule.sureProbes() && 1 / sum >= rule.surePosterior();
        return answered >= all || sure
                ? new ColdStart(Phase.EXPLORE, rule.profiles().get(likeliest).type(), all, count, believed)
                : new ColdStart(Phase.CLASSIFY, null, answered, count, believed);
    }
}
