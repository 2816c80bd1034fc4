package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;
import java.util.List;

/**
 * What came of what members wanted, whoever was followed.
 *
 * @param counts in the order of {@link Member}: how often what it wanted was served
 * @param rewards sums of what that earned
 * @param outcomes of all that was served
 * @param reward sum of what all that earned
 */
public record Trials(Doubles counts, Doubles rewards, double outcomes, double reward) {

    public static final Trials NONE =
            new Trials(Doubles.filled(Member.values().length, 0), Doubles.filled(Member.values().length, 0), 0, 0);

    /**
     * With the reward of an action that was served as elected.
     *
     * @param kept share of what came before that still counts
     */
    Trials with(List<Vote> votes, int served, double earned, double kept) {
        double[] nextCounts = counts.values();
        double[] nextRewards = rewards.values();
        for (int i = 0; i < nextCounts.length; i++) {
            nextCounts[i] *= kept;
            nextRewards[i] *= kept;
        }
        for (Vote vote : votes) {
            if (vote.action() == served) {
                nextCounts[vote.member().place()]++;
                nextRewards[vote.member().place()] += earned;
            }
        }
        return new Trials(Doubles.of(nextCounts), Doubles.of(nextRewards), kept * outcomes + 1, kept * reward + earned);
    }

    /** Of all that was served; 0 before anything was. */
    double meanReward() {
        return outcomes == 0 ? 0 : reward / outcomes;
    }
}
