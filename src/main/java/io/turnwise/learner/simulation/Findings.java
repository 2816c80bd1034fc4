package io.turnwise.learner.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How policies compare in one world.
 *
 * @param fixedAction the best fixed action, chosen on other seeds
 * @param bestMember that earns most of those that serve alone
 */
public record Findings(
        String world, int fixedAction, String bestMember, List<Standing> standings, List<Requirement> requirements) {

    /** How much of what the oracle is better than chance may be lost against the best member. */
    public static final double TOLERANCE = .05;

    static final String MEMBERS = "mean of members";

    public Findings {
        standings = List.copyOf(standings);
        requirements = List.copyOf(requirements);
    }

    Standing standing(String policy) {
        return standings.stream()
                .filter(standing -> standing.policy().equals(policy))
                .findFirst()
                .orElseThrow();
    }

    public boolean holds() {
        return requirements.stream().allMatch(Requirement::holds);
    }

    /**
     * Compares.
     *
     * @param rewards by policy, for each seed, summed up at the end of each stretch
     */
    static Findings of(World world, int fixedAction, Map<Policy, double[][]> rewards, int decisions) {
        Map<String, double[][]> named = new LinkedHashMap<>();
        List<double[][]> members = new ArrayList<>();
        String best = "";
        double most = Double.NEGATIVE_INFINITY;
        for (Map.Entry<Policy, double[][]> entry : rewards.entrySet()) {
            String name = entry.getKey().name();
            named.put(name, entry.getValue());
            double mean = Estimate.of(last(entry.getValue())).mean();
            if (entry.getKey() instanceof Policy.Alone) {
                members.add(entry.getValue());
                best = mean > most ? name : best;
                most = Math.max(mean, most);
            }
        }
        named.put(MEMBERS, mean(members));
        Comparison comparison = new Comparison(named, decisions);
        return new Findings(world.name(), fixedAction, best, comparison.standings(), comparison.requirements(best));
    }

    private static double[][] mean(List<double[][]> rewards) {
        double[][] first = rewards.get(0);
        double[][] mean = new double[first.length][first[0].length];
        for (double[][] each : rewards) {
            for (int seed = 0; seed < mean.length; seed++) {
                for (int point = 0; point < mean[seed].length; point++) {
                    mean[seed][point] += each[seed][point] / rewards.size();
                }
            }
        }
        return mean;
    }

    private static double[] last(double[][] sums) {
        return Arrays.stream(sums).mapToDouble(own -> own[own.length - 1]).toArray();
    }

    /** Rewards of policies by name, seed and stretch. */
    private record Comparison(Map<String, double[][]> sums, int decisions) {

        List<Standing> standings() {
            double[][] oracle = of(Policy.ORACLE);
            return sums.entrySet().stream()
                    .map(entry -> new Standing(
                            entry.getKey(), Estimate.of(perDecision(entry.getKey())), regret(oracle, entry.getValue())))
                    .sorted(Comparator.comparingDouble(
                            (Standing standing) -> -standing.reward().mean()))
                    .toList();
        }

        private static List<Estimate> regret(double[][] oracle, double[][] other) {
            return IntStream.range(0, oracle[0].length)
                    .mapToObj(point -> Estimate.of(IntStream.range(0, oracle.length)
                            .mapToDouble(seed -> oracle[seed][point] - other[seed][point])
                            .toArray()))
                    .toList();
        }

        List<Requirement> requirements(String bestMember) {
            double[] engine = perDecision(Policy.ENGINE);
            double[] best = perDecision(bestMember);
            double[] oracle = perDecision(Policy.ORACLE);
            double[] random = perDecision(Policy.RANDOM);
            double[] margin = new double[engine.length];
            for (int seed = 0; seed < margin.length; seed++) {
                margin[seed] = engine[seed] - best[seed] + TOLERANCE * (oracle[seed] - random[seed]);
            }
            return List.of(
                    above(engine, Policy.RANDOM),
                    above(engine, Policy.FIXED),
                    above(engine, MEMBERS),
                    new Requirement(
                            "engine - (%s - %.2f (oracle - random))".formatted(bestMember, TOLERANCE),
                            Estimate.of(margin)));
        }

        private Requirement above(double[] engine, String other) {
            double[] rewards = perDecision(other);
            double[] difference = IntStream.range(0, engine.length)
                    .mapToDouble(seed -> engine[seed] - rewards[seed])
                    .toArray();
            return new Requirement(Policy.ENGINE + " - " + other, Estimate.of(difference));
        }

        private double[] perDecision(String policy) {
            return Arrays.stream(last(of(policy))).map(sum -> sum / decisions).toArray();
        }

        private double[][] of(String policy) {
            double[][] found = sums.get(policy);
            if (found == null) {
                throw new IllegalStateException("No rewards of " + policy);
            }
            return found;
        }
    }
}
