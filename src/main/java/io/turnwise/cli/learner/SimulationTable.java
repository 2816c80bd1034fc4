package io.turnwise.cli.learner;

import io.turnwise.learner.simulation.Estimate;
import io.turnwise.learner.simulation.Findings;
import io.turnwise.learner.simulation.Requirement;
import io.turnwise.learner.simulation.Simulation;
import io.turnwise.learner.simulation.Standing;
import java.util.List;
import java.util.Locale;

/** What a simulation came to, as a table for people. */
final class SimulationTable {

    private final StringBuilder table = new StringBuilder();

    private SimulationTable() {}

    static String of(Simulation simulation) {
        SimulationTable simulated = new SimulationTable();
        Simulation.Plan plan = simulation.plan();
        simulated.add(
                "%,d users, seeds %d to %d, %,d decisions for each; means with their 95%% intervals.",
                plan.seeds(), plan.firstSeed(), plan.firstSeed() + plan.seeds() - 1, plan.decisions());
        simulation.worlds().forEach(simulated::addWorld);
        return simulated.table.toString();
    }

    private void addWorld(Findings world) {
        add("");
        add("World \"%s\"; the best fixed action on other seeds is %d", world.world(), world.fixedAction());
        add("  %-18s %28s %28s", "policy", "reward of a decision", "regret in all");
        for (Standing standing : world.standings()) {
            List<Estimate> regret = standing.regret();
            add(
                    "  %-18s %28s %28s",
                    standing.policy(),
                    numbers("%.4f", standing.reward()),
                    numbers("%.1f", regret.get(regret.size() - 1)));
        }
        for (Requirement requirement : world.requirements()) {
            add(
                    "%s: %s is %s",
                    requirement.holds() ? "Right" : "WRONG",
                    requirement.says(),
                    numbers("%.4f", requirement.difference()));
        }
    }

    private static String numbers(String form, Estimate estimate) {
        String all = form + " (" + form + " to " + form + ")";
        return String.format(Locale.ROOT, all, estimate.mean(), estimate.low(), estimate.high());
    }

    private void add(String form, Object... values) {
        table.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}
