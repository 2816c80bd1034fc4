package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;
import io.turnwise.learner.model.strategy.Difficulty;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.List;

/**
 * How a user is met: probes, what to expect of whom, and what to serve to whom.
 *
 * @param logStd whether a spread that is wide counts against what it makes likely, as it does in a Gaussian; without
 *     that term wide spreads are favoured
 * @param profiles one of each type
 * @param surePosterior from which fewer probes are enough, though not fewer than {@code sureProbes}
 * @param normalUpdates answers from which the members decide
 */
public record ColdStartRule(
        boolean logStd,
        List<Strategy> probes,
        List<Profile> profiles,
        double surePosterior,
        int sureProbes,
        int normalUpdates) {

    /** What is expected of a kind of learner at each probe, and what to serve it. */
    public record Profile(UserType type, double prior, List<Expectation> expectations, Strategy settled) {
        public Profile {
            expectations = List.copyOf(expectations);
        }
    }

    /** The accuracy and the response time of an answer. */
    public record Expectation(double accuracy, double accuracySpread, double rtMillis, double rtSpreadMillis) {}

    public static final ColdStartRule REFERENCE = reference(false);
    public static final ColdStartRule STANDARD = reference(true);

    public ColdStartRule {
        probes = List.copyOf(probes);
        profiles = List.copyOf(profiles);
    }

    /** What suits a type. */
    Strategy settled(UserType type) {
        for (Profile profile : profiles) {
            if (profile.type() == type) {
                return profile.settled();
            }
        }
        throw new IllegalStateException("No profile of " + type);
    }

    /** The logarithms of the priors. */
    Doubles priors() {
        double[] logs = new double[profiles.size()];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = StrictMath.log(profiles.get(i).prior());
        }
        return Doubles.of(logs);
    }

    /** With what an answer to a probe says. */
    Doubles believed(Doubles before, int probe, boolean correct, double rtMillis) {
        double[] logs = before.values();
        for (int i = 0; i < logs.length; i++) {
            Expectation expected = profiles.get(i).expectations().get(probe);
            logs[i] += log(correct ? 1 : 0, expected.accuracy(), expected.accuracySpread())
                    + log(rtMillis, expected.rtMillis(), expected.rtSpreadMillis());
        }
        return Doubles.of(logs);
    }

    private double log(double value, double mean, double spread) {
        double z = (value - mean) / spread;
        return -.5 * z * z - (logStd ? StrictMath.log(spread) : 0);
    }

    private static ColdStartRule reference(boolean logStd) {
        List<Strategy> probes = List.of(
                new Strategy(1, .2, Difficulty.MID, 8, 0),
                new Strategy(1.2, .35, Difficulty.HARD, 10, 0),
                new Strategy(.8, .15, Difficulty.EASY, 6, 2));
        Profile fast = new Profile(
                UserType.FAST,
                .25,
                List.of(
                        new Expectation(.85, .10, 1200, 400),
                        new Expectation(.75, .12, 1500, 500),
                        new Expectation(.95, .05, 800, 300)),
                new Strategy(1.2, .35, Difficulty.HARD, 12, 0));
        Profile stable = new Profile(
                UserType.STABLE,
                .5,
                List.of(
                        new Expectation(.70, .12, 2000, 600),
                        new Expectation(.55, .15, 2500, 700),
                        new Expectation(.90, .08, 1500, 500)),
                new Strategy(1, .25, Difficulty.MID, 8, 1));
        Profile cautious = new Profile(
                UserType.CAUTIOUS,
                .25,
                List.of(
                        new Expectation(.50, .15, 3000, 800),
                        new Expectation(.35, .15, 3500, 900),
                        new Expectation(.80, .10, 2500, 700)),
                new Strategy(.8, .15, Difficulty.EASY, 5, 2));
        return new ColdStartRule(logStd, probes, List.of(fast, stable, cautious), .85, 2, 8);
    }
}
