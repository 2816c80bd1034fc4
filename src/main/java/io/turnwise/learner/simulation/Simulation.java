package io.turnwise.learner.simulation;

import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.bandit.Member;
import io.turnwise.learner.model.strategy.Actions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Policies compared in three worlds on users that all of them serve, with the same luck. */
public record Simulation(Plan plan, List<Findings> worlds) {

    /**
     * What is simulated.
     *
     * @param firstSeed of the users, whose seeds follow one another
     * @param seeds how many users, above 1
     * @param decisions for each of them, a multiple of {@value #POINTS}
     */
    public record Plan(long firstSeed, int seeds, int decisions) {}

    /** Stretches of equal length after which policies are looked at. */
    public static final int POINTS = 50;

    public Simulation {
        worlds = List.copyOf(worlds);
    }

    /** Whether the learner does what it must in every world. */
    public boolean holds() {
        return worlds.stream().allMatch(Findings::holds);
    }

    /** How often {@code done} of {@link #of} is called. */
    public static int steps(Plan plan) {
        Worlds worlds = Worlds.read();
        return worlds.all().size() * (worlds.fixedSeeds() + plan.seeds());
    }

    /**
     * Simulates.
     *
     * @param workers by whom; the outcome does not depend on how many they are
     * @param done called after each user, by the worker
     */
    public static Simulation of(Plan plan, Settings settings, ExecutorService workers, Runnable done)
            throws InterruptedException {
        Worlds worlds = Worlds.read();
        List<Findings> findings = new ArrayList<>();
        for (World world : worlds.all()) {
            int fixed = fixedAction(world, worlds, plan, settings, workers, done);
            findings.add(compared(world, fixed, plan, settings, workers, done));
        }
        return new Simulation(plan, findings);
    }

    /** The action that earns most where always the same is served, on users that nobody is compared on. */
    private static int fixedAction(
            World world, Worlds worlds, Plan plan, Settings settings, ExecutorService workers, Runnable done)
            throws InterruptedException {
        int decisions = Math.min(plan.decisions(), worlds.fixedDecisions());
        List<Callable<double[]>> users = new ArrayList<>();
        for (int i = 0; i < worlds.fixedSeeds(); i++) {
            Play play = new Play(world, worlds.fixedFirstSeed() + i, settings);
            users.add(() -> {
                double[] rewards = new double[Actions.count()];
                for (int action = 1; action <= rewards.length; action++) {
                    rewards[action - 1] = play.rewards(new Policy.Fixed(action), decisions, 1)[0];
                }
                done.run();
                return rewards;
            });
        }
        double[] sums = new double[Actions.count()];
        for (double[] rewards : all(users, workers)) {
            Arrays.setAll(sums, i -> sums[i] + rewards[i]);
        }
        int best = 0;
        for (int i = 1; i < sums.length; i++) {
            best = sums[i] > sums[best] ? i : best;
        }
        return best + 1;
    }

    private static Findings compared(
            World world, int fixed, Plan plan, Settings settings, ExecutorService workers, Runnable done)
            throws InterruptedException {
        List<Policy> policies = new ArrayList<>(List.of(new Policy.Oracle(), new Policy.Engine()));
        for (Member member : Member.values()) {
            policies.add(new Policy.Alone(member));
        }
        policies.add(new Policy.Fixed(fixed));
        policies.add(new Policy.Random());
        List<Callable<double[][]>> users = new ArrayList<>();
        for (int i = 0; i < plan.seeds(); i++) {
            Play play = new Play(world, plan.firstSeed() + i, settings);
            users.add(() -> {
                double[][] rewards = policies.stream()
                        .map(policy -> play.rewards(policy, plan.decisions(), POINTS))
                        .toArray(double[][]::new);
                rewards[0] = play.foresighted(rewards[0], plan.decisions(), POINTS);
                done.run();
                return rewards;
            });
        }
        List<double[][]> byUser = all(users, workers);
        Map<Policy, double[][]> rewards = new LinkedHashMap<>();
        for (int i = 0; i < policies.size(); i++) {
            int place = i;
            rewards.put(policies.get(i), byUser.stream().map(own -> own[place]).toArray(double[][]::new));
        }
        return Findings.of(world, fixed, rewards, plan.decisions());
    }

    private static <T> List<T> all(List<Callable<T>> tasks, ExecutorService workers) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : workers.invokeAll(tasks)) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("A user could not be simulated", e.getCause());
            }
        }
        return results;
    }
}
