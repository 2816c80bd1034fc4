package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.strategy.Actions;

/**
 * How the memory of the word at hand votes: what is not remembered calls for the easiest action, what is well remembered
 * for the hardest.
 *
 * @param easyBelow recall below which it is the easiest
 * @param hardFrom recall from which it is the hardest
 */
public record ActrVote(double easyBelow, double hardFrom) {

    public static final ActrVote REFERENCE = new ActrVote(.3, .7);

    public Vote vote(double recall) {
        int action = recall < easyBelow ? Actions.easiest() : recall < hardFrom ? Actions.middle() : Actions.hardest();
        return new Vote(Member.ACTR, action, recall, Math.abs(recall - .5) * 2);
    }
}
