package io.turnwise.learner.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision from which there is still something to be learned.
 *
 * @param rewarded whether what came of it at once has been learned
 * @param awaited absent until it is rewarded
 * @param rewardIds of the rewards that it was given from outside
 */
public record Pending(
        Served served, boolean rewarded, @Nullable Awaited awaited, List<String> rewardIds) {

    public Pending {
        rewardIds = List.copyOf(rewardIds);
    }
}
