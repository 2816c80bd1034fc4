package io.turnwise.cli.learner;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.terminal.Progress;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.simulation.RegretPlot;
import io.turnwise.learner.simulation.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Has the learner and simpler policies serve made-up users; exit code 1 if it does not do what it must. */
@Command(
        name = "simulate",
        description = "Have the learner serve made-up users in three worlds, and compare it with its members alone, a"
                + " fixed action, chance, and an oracle, all with the same luck.",
        footer = {
            "",
            "Exit code 0; 1 if in a world the learner is not better than chance, the best fixed action on other users"
                    + " and the mean of its members, or falls behind its best member by more than a twentieth of what"
                    + " the oracle is better than chance; each by the whole 95% interval of the difference per user."
        },
        sortOptions = false,
        showDefaultValues = true)
final class SimulateCommand implements Callable<Integer> {

    private static final int COUNT_MAX = 1_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final boolean isWatched;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "200", description = "How many users, from 2.")
    private int seeds;

    @Option(names = "--first-seed", paramLabel = "SEED", defaultValue = "1", description = "The seed of the first.")
    private long firstSeed;

    @Option(
            names = "--decisions",
            paramLabel = "N",
            defaultValue = "2000",
            description = "For each user; a multiple of " + Simulation.POINTS + ".")
    private int decisions;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "How many users at a time.")
    private int threads;

    @Option(
            names = "--reference",
            showDefaultValue = Visibility.NEVER,
            description = "Simulate the learner with the reference settings instead of the standard ones.")
    private boolean isReference;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Where to draw how far each is behind the oracle; an older file is replaced.")
    private @Nullable Path plot;

    @Option(names = "--json", showDefaultValue = Visibility.NEVER, description = "Print the figures as JSON.")
    private boolean isJson;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SimulateCommand() {
        this(CommandLine.Help.Ansi.AUTO.enabled());
    }

    /**
     * For somebody or for a log.
     *
     * @param isWatched whether somebody sits at a terminal
     */
    SimulateCommand(boolean isWatched) {
        this.isWatched = isWatched;
    }

    @Override
    public Integer call() {
        require(seeds >= 2 && seeds <= COUNT_MAX, "--seeds must be from 2 to " + COUNT_MAX);
        require(
                decisions >= Simulation.POINTS && decisions <= COUNT_MAX && decisions % Simulation.POINTS == 0,
                "--decisions must be a multiple of " + Simulation.POINTS + " up to " + COUNT_MAX);
        require(threads >= 1 && threads <= 64, "--threads must be from 1 to 64");
        PrintWriter out = spec.commandLine().getOut();
        Simulation simulation = simulate(spec.commandLine().getErr());
        if (plot != null) {
            write(plot, RegretPlot.of(simulation));
        }
        if (isJson) {
            out.println(JSON.valueToTree(simulation).toPrettyString());
        } else {
            out.print(SimulationTable.of(simulation));
            if (plot != null) {
                out.printf("%nPlot: %s%n", plot);
            }
        }
        out.flush();
        return simulation.holds() ? 0 : 1;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private Simulation simulate(PrintWriter err) {
        Simulation.Plan plan = new Simulation.Plan(firstSeed, seeds, decisions);
        Settings settings = isReference ? Settings.reference() : Settings.standard();
        int steps = Simulation.steps(plan);
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> new Thread(task, "simulate"));
        try (Progress progress = isWatched
                ? Progress.bar("Simulating", "users", steps)
                : Progress.lines("Simulating", "users", steps, err)) {
            return Simulation.of(plan, settings, workers, progress::stepDone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientFailure("Interrupted", e);
        } finally {
            workers.shutdownNow();
        }
    }

    private static void write(Path file, String svg) {
        try {
            Files.writeString(file, svg);
        } catch (IOException e) {
            throw new ClientFailure("The plot cannot be written to " + file + ": " + e, e);
        }
    }
}
