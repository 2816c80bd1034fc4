package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one member is followed by what following each has earned: Thompson sampling over the members, each held for as good
 * as all that was served until outcomes of its own say otherwise.
 *
 * @param applies whether one is followed so, rather than votes counted by weight
 * @param prior outcomes of its own that say as much as all that was served, above 0
 * @param kept share of what came before that an outcome leaves, above 0 and up to 1
 * @param spread of a reward, by which a member of few outcomes is tried more
 * @param handicaps in the order of {@link Member}: by how much reward a member must be better to be preferred
 */
public record TrialRule(boolean applies, double prior, double kept, double spread, Doubles handicaps) {

    /** One of whom nothing is known is drawn ahead of a first that is known well about once in a hundred. */
    private static final Doubles HANDICAPS = Doubles.of(0, .15, .15, .15);

    public static final TrialRule REFERENCE = new TrialRule(false, 10, .998, .2, HANDICAPS);
    public static final TrialRule STANDARD = new TrialRule(true, 10, .998, .2, HANDICAPS);

    /** The vote of the member to follow; none if nobody voted. */
    @Nullable
    Vote followed(List<Vote> votes, Trials trials, Draws draws) {
        Vote best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Vote vote : votes) {
            int member = vote.member().place();
            double known = trials.counts().at(member) + prior;
            double worth = (trials.rewards().at(member) + prior * trials.meanReward()) / known;
            double drawn = worth + spread / StrictMath.sqrt(known) * draws.gaussian() - handicaps.at(member);
            if (drawn > most) {
                best = vote;
                most = drawn;
            }
        }
        return best;
    }

    /**
     * How much each member is listened to: its part of what was served.
     *
     * @param first before anything was
     */
    Doubles weights(Trials trials, Doubles first) {
        double[] weights = first.values();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = trials.counts().at(i) + prior * weights[i];
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return Doubles.of(weights);
    }
}
