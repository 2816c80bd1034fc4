package io.turnwise.learner.simulation;

import java.util.List;

/**
 * How a policy does in a world.
 *
 * @param reward of a decision
 * @param regret sum of the rewards by which it is behind the oracle, after each of as many stretches of equal length
 */
public record Standing(String policy, Estimate reward, List<Estimate> regret) {

    public Standing {
        regret = List.copyOf(regret);
    }
}
