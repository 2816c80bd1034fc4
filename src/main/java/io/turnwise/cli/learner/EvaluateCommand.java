package io.turnwise.cli.learner;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.csv.Unreadable;
import io.turnwise.cli.learner.PracticeReader.Practice;
import io.turnwise.cli.terminal.Progress;
import io.turnwise.learner.evaluation.CalibrationPlot;
import io.turnwise.learner.evaluation.Evaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares models of recall on a log of practice; exit code 1 if fitted parameters are not better than simpler ones. */
@Command(
        name = "evaluate",
        description = "Predict each test of the last session in a log of practice from what came before it, by several"
                + " models, and compare these.",
        footer = {
            "",
            "The file has the columns subj, session (1, 2, ...), time (s from the start of the session, when the answer"
                    + " was given), item, type (study or test), correct (TRUE or FALSE) and rt (ms). A test is predicted"
                    + " at its onset, from earlier rows of the same learner, session and item; where there is none, it"
                    + " is not scored.",
            "",
            "Exit code 0; 1 if the file cannot be evaluated, or if with --fit the fitted parameters are not better than"
                    + " the constant, and those per learner not better than both the fitted ones and the constant per"
                    + " learner."
        },
        sortOptions = false,
        showDefaultValues = true)
final class EvaluateCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final boolean isWatched;

    @Parameters(paramLabel = "FILE.csv", showDefaultValue = Visibility.NEVER, description = "The log of practice.")
    private Path file = Path.of("");

    @Option(
            names = "--fit",
            showDefaultValue = Visibility.NEVER,
            description = "Fit parameters to the sessions before the last, for all learners and for each.")
    private boolean isFitted;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Where to draw predicted against actual recall; an older file is replaced.")
    private Path plot = Path.of("calibration.svg");

    @Option(names = "--json", showDefaultValue = Visibility.NEVER, description = "Print the scores as JSON.")
    private boolean isJson;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    EvaluateCommand() {
        this(CommandLine.Help.Ansi.AUTO.enabled());
    }

    /**
     * For somebody or for a log.
     *
     * @param isWatched whether somebody sits at a terminal
     */
    EvaluateCommand(boolean isWatched) {
        this.isWatched = isWatched;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Practice practice = PracticeReader.read(file);
        Unreadable.print(practice.unreadable(), err);
        Evaluation.problem(practice.log()).ifPresent(problem -> {
            throw new ClientFailure("There is " + problem + " in " + file);
        });
        Evaluation evaluation = evaluate(practice, err);
        write(CalibrationPlot.of(evaluation));
        if (isJson) {
            ObjectNode json = JSON.valueToTree(evaluation);
            json.set("left_out", JSON.valueToTree(practice.unreadable()));
            out.println(json.toPrettyString());
        } else {
            out.print(ScoreTable.of(evaluation, practice.unreadable().size()));
            out.printf("%nPlot: %s%n", plot);
        }
        out.flush();
        return evaluation.holds() ? 0 : 1;
    }

    private Evaluation evaluate(Practice practice, PrintWriter err) {
        int steps = Evaluation.steps(practice.log(), isFitted);
        try (Progress progress = isWatched
                ? Progress.bar("Evaluating", "steps", steps)
                : Progress.lines("Evaluating", "steps", steps, err)) {
            return Evaluation.of(practice.log(), isFitted, progress::stepDone);
        }
    }

    private void write(String svg) {
        try {
            Files.writeString(plot, svg);
        } catch (IOException e) {
            throw new ClientFailure("The plot cannot be written to " + plot + ": " + e, e);
        }
    }
}
