package io.turnwise.learner.model.bandit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects votes; a member that fails, or whose vote is no number, is left out. */
public final class Ballot {

    private final List<Vote> votes = new ArrayList<>(Member.values().length);

    public void cast(Supplier<Vote> member) {
        try {
            Vote vote = member.get();
            if (Double.isFinite(vote.score()) && Double.isFinite(vote.confidence())) {
                votes.add(vote);
            }
        } catch (RuntimeException failed) {
            // three members still know what to do, and a choice is due
        }
    }

    /** In the order in which they were cast. */
    public List<Vote> votes() {
        return List.copyOf(votes);
    }
}
