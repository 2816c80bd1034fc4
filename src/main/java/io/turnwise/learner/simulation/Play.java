package io.turnwise.learner.simulation;

import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.ChoiceContext;
import io.turnwise.learner.model.Credit;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.perception.Observation;
import io.turnwise.learner.model.strategy.Actions;
import io.turnwise.learner.model.strategy.Strategy;

/** One policy that serves one user. */
record Play(World world, long seed, Settings settings) {

    private static final double FIRST_RT_MILLIS = 2000;
    private static final int FIRST_HOUR = 12;

    /**
     * What the user is worth to whoever knows the user and looks ahead: where it is more than choosing what is worth most at
     * once, it is the one action that is best for this user in the end.
     *
     * @param atOnce what choosing so is worth
     */
    double[] foresighted(double[] atOnce, int decisions, int points) {
        double[] best = atOnce;
        for (int action = 1; action <= Actions.count(); action++) {
            double[] rewards = rewards(new Policy.Fixed(action), decisions, points);
            best = rewards[points - 1] > best[points - 1] ? rewards : best;
        }
        return best;
    }

    /**
     * What the user was worth to the policy.
     *
     * @param points how often it is looked at; {@code decisions} is a multiple of it
     * @return the sum of the rewards by then, for each point
     */
    double[] rewards(Policy policy, int decisions, int points) {
        double[] sums = new double[points];
        User user = world.user(seed, settings);
        Mind mind = Mind.fresh(settings);
        ChoiceContext context = new ChoiceContext(Double.NaN, FIRST_RT_MILLIS, FIRST_HOUR, Strategy.STANDARD);
        Choice choice = mind.beginning(context, settings);
        double sum = 0;
        for (int decision = 0; decision < decisions; decision++) {
            User.Answer answer = user.answer(decision, choice);
            Observation seen = answer.seen();
            Mind after = mind.after(seen, settings);
            double reward = user.reward(decision, choice, seen, after);
            sum += reward;
            sums[decision / (decisions / points)] = sum;
            mind = policy.learned(after, new Credit(choice, reward, seen.correct(), seen.rtMillis()), settings);
            context = new ChoiceContext(answer.recall(), seen.rtMillis(), seen.hour(), choice.strategy());
            choice = policy.choose(
                    new Policy.Moment(mind, context, user, decision + 1, Luck.POLICY.of(seed, decision), settings));
        }
        return sums;
    }
}
