package io.turnwise.learner.simulation;

import com.typesafe.config.Config;
import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.bandit.Situation;
import io.turnwise.learner.model.perception.Observation;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Users whose rewards are linear in what LinUCB sees, each with preferences of its own.
 *
 * @param preferences one law for each number of the vector
 * @param changeAt decision from which on preferences are others
 */
record LinearWorld(String name, double level, double noise, List<Law> preferences, int changeAt, FreeAnswers answers)
        implements World {

    private static final double[] ORIGIN = FeatureVector.of(
                    Situation.of(UserState.FRESH, .5, 2000, 12), Strategy.STANDARD)
            .values()
            .values();

    static LinearWorld of(String name, Config linear, int changeAt, FreeAnswers answers) {
        Config theta = linear.getConfig("theta");
        Law otherwise = Law.of(linear, "otherwise");
        List<Law> preferences = FeatureVector.labels().stream()
                .map(label -> theta.root().containsKey(label) ? Law.of(theta, '"' + label + '"') : otherwise)
                .toList();
        return new LinearWorld(
                name, linear.getDouble("level"), linear.getDouble("noise"), preferences, changeAt, answers);
    }

    @Override
    public User user(long seed, Settings settings) {
        SplittableRandom random = Luck.USER.of(seed, 0);
        double[] first = theta(random);
        double[] second = theta(random);
        return new User() {
            @Override
            public Answer answer(int decision, Choice served) {
                return answers.answer(seed, decision);
            }

            @Override
            public double reward(int decision, Choice served, Observation seen, Mind after) {
                double luck = Luck.ANSWER.of(~seed, decision).nextGaussian();
                return bounded(mean(decision, served) + noise * luck);
            }

            @Override
            public double expected(int decision, Choice served, Mind before) {
                return bounded(mean(decision, served));
            }

            private double mean(int decision, Choice served) {
                double[] x = served.x().values().values();
                double[] theta = decision < changeAt ? first : second;
                double mean = level;
                for (int i = 0; i < x.length; i++) {
                    mean += theta[i] * (x[i] - ORIGIN[i]);
                }
                return mean;
            }
        };
    }

    private double[] theta(SplittableRandom random) {
        return preferences.stream().mapToDouble(law -> law.draw(random)).toArray();
    }

    private static double bounded(double reward) {
        return Math.min(1, Math.max(-1, reward));
    }
}
