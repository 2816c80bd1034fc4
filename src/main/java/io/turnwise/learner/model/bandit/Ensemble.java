package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;
import io.turnwise.learner.model.strategy.Actions;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How much each member is listened to.
 *
 * @param weights in the order of {@link Member}, summing to 1
 * @param updates so far
 * @param latest rewards, the newest last; none where members are followed by {@code trials}
 */
public record Ensemble(Doubles weights, int updates, Doubles latest, Trials trials) {

    @SuppressWarnings("NullAway") // algorithm 1 was stored without trials
    public Ensemble {
        trials = trials == null ? Trials.NONE : trials;
    }

    public static Ensemble fresh(EnsembleSettings settings) {
        return new Ensemble(settings.weights(), 0, Doubles.NONE, Trials.NONE);
    }

    /** What to serve; none if nobody voted. */
    public @Nullable Elected elect(List<Vote> votes, RandomGenerator random, EnsembleSettings settings) {
        Vote best = settings.trials().applies()
                ? settings.trials().followed(votes, trials, new Draws(random))
                : mostWeight(votes);
        return best == null ? null : new Elected(best.action(), confidence(votes, best.action()));
    }

    /** For the action with the most weight behind it, of equals the one voted for first. */
    private @Nullable Vote mostWeight(List<Vote> votes) {
        double sum = 0;
        for (Vote vote : votes) {
            sum += weight(vote);
        }
        double[] totals = new double[Actions.count() + 1];
        for (Vote vote : votes) {
            double share = sum > 0 ? weight(vote) / sum : 1.0 / votes.size();
            totals[vote.action()] += share * StrictMath.tanh(vote.score() / 2) * (.5 + vote.confidence() / 2);
        }
        Vote best = null;
        for (Vote vote : votes) {
            if (best == null || totals[vote.action()] > totals[best.action()]) {
                best = vote;
            }
        }
        return best;
    }

    /** With the reward of an action that was served as elected. */
    public Ensemble rewarded(List<Vote> votes, int served, double reward, EnsembleSettings settings) {
        if (!Double.isFinite(reward)) {
            return this;
        }
        if (settings.trials().applies()) {
            Trials next = trials.with(votes, served, reward, settings.trials().kept());
            return new Ensemble(settings.trials().weights(next, settings.weights()), updates + 1, latest, next);
        }
        Doubles rewards = latest.pushed(reward, settings.rewards());
        double rate = settings.rate(updates, rewards);
        double[] next = weights.values();
        boolean[] present = new boolean[next.length];
        for (Vote vote : votes) {
            int member = vote.member().place();
            double gain =
                    reward * (vote.action() == served ? 1 : settings.otherChoice()) * (.5 + vote.confidence() / 2);
            next[member] *= StrictMath.exp(rate * gain);
            present[member] = true;
        }
        double sum = 0;
        for (int i = 0; i < next.length; i++) {
            if (!present[i]) {
                next[i] = Math.max(settings.absentMin(), next[i] * settings.absentKept());
            }
            next[i] = Math.max(settings.weightMin(), next[i]);
            sum += next[i];
        }
        for (int i = 0; i < next.length; i++) {
            next[i] /= sum;
        }
        return new Ensemble(Doubles.of(next), updates + 1, rewards, trials);
    }

    private double weight(Vote vote) {
        return weights.at(vote.member().place());
    }

    private double confidence(List<Vote> votes, int action) {
        double weight = 0;
        double sum = 0;
        for (Vote vote : votes) {
            if (vote.action() == action) {
                weight += weight(vote);
                sum += weight(vote) * Math.min(1, Math.max(0, vote.confidence()));
            }
        }
        return weight > 0 ? sum / weight : 0;
    }
}
