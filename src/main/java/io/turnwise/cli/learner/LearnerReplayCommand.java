package io.turnwise.cli.learner;

import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.client.Crew;
import io.turnwise.cli.client.NodeClient;
import io.turnwise.cli.client.NodeTokens;
import io.turnwise.cli.client.NodeUrl;
import io.turnwise.cli.client.Speed;
import io.turnwise.cli.csv.Unreadable;
import io.turnwise.cli.learner.LearnerReplay.Report;
import io.turnwise.cli.learner.PracticeReader.Practice;
import io.turnwise.cli.terminal.Progress;
import io.turnwise.cluster.NodeSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a log of practice to a running node, one new learner for each of the log; exit code 1 if one is not followed. */
@Command(
        name = "replay",
        description = "Play the tests in a log of practice to a running node, one new learner for each of the log.",
        footer = {
            "",
            "The file is one that `learner evaluate` takes. Answers are stamped as recorded, the last one with the time"
                    + " of the start; the time between sessions is not waited for. Tokens are signed with the node's"
                    + " secret: TURNWISE_JWT_SECRET, or else the one in TURNWISE_DATA_DIR.",
            "",
            "Exit code 0; 1 if an answer was refused or met by a fallback, or a learner's version stood still."
        },
        sortOptions = false,
        showDefaultValues = true)
final class LearnerReplayCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final boolean isWatched;

    @Parameters(paramLabel = "FILE.csv", showDefaultValue = Visibility.NEVER, description = "The log of practice.")
    private Path file = Path.of("");

    @Option(names = "--url", paramLabel = "URL", converter = NodeUrl.class, description = "Where the node is.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "0",
            converter = Speed.Converter.class,
            description = "How many times faster than recorded; 0 for as fast as it goes.")
    private Speed speed = new Speed(0);

    @Option(
            names = "--only",
            paramLabel = "LEARNER",
            showDefaultValue = Visibility.NEVER,
            description = "Play this learner of the log and no other.")
    private @Nullable String only;

    @Option(
            names = "--days-between",
            paramLabel = "DAYS",
            description = "From the start of a session to that of the next.")
    private int daysBetween = 7;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    LearnerReplayCommand() {
        this(System.getenv(), CommandLine.Help.Ansi.AUTO.enabled());
    }

    /**
     * In an environment like that of the node.
     *
     * @param isWatched whether somebody sits at a terminal
     */
    LearnerReplayCommand(Map<String, String> environment, boolean isWatched) {
        this.environment = environment;
        this.isWatched = isWatched;
    }

    @Override
    public Integer call() {
        if (daysBetween < 1 || daysBetween > 366) {
            throw new ClientFailure("Sessions begin 1 to 366 days from one another, not " + daysBetween);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Practice practice = PracticeReader.read(file);
        Unreadable.print(practice.unreadable(), err);
        List<Answering> learners = Answering.of(practice.rows(), daysBetween).stream()
                .filter(learner -> only == null || learner.learner().equals(only))
                .filter(learner -> !learner.answers().isEmpty())
                .toList();
        if (learners.isEmpty()) {
            throw new ClientFailure("There is no test" + (only == null ? "" : " of learner " + only) + " in " + file);
        }
        NodeTokens tokens = NodeTokens.of(NodeSettings.from(environment));
        long startNanos = System.nanoTime();
        List<Report> reports;
        try (NodeClient node = new NodeClient(url)) {
            node.enter(tokens);
            reports = play(learners, node, tokens, out, err);
        }
        out.printf("%nPlayed %s to %s%n%n", file.getFileName(), url);
        out.print(LearnerTable.of(reports, Duration.ofNanos(System.nanoTime() - startNanos)));
        out.flush();
        return reports.stream().allMatch(LearnerReplayCommand::isFollowed) ? 0 : 1;
    }

    private List<Report> play(
            List<Answering> learners, NodeClient node, NodeTokens tokens, PrintWriter out, PrintWriter err) {
        double agedSeconds =
                learners.stream().mapToDouble(Answering::agedSeconds).max().orElse(0);
        long startMillis = InstantSource.system().millis() - (long) (agedSeconds * 1000);
        String run = UUID.randomUUID().toString().substring(0, 8);
        LearnerReplay.Terms terms = new LearnerReplay.Terms(run, speed, startMillis);
        out.printf("Watch the first learner as admin at %s%n", page(terms.member(learners.get(0))));
        out.flush();
        long answers =
                learners.stream().mapToLong(learner -> learner.answers().size()).sum();
        try (Progress progress = isWatched
                ? Progress.bar("Replaying", "answers", answers)
                : Progress.lines("Replaying", "answers", answers, err)) {
            List<Callable<Report>> tasks = new ArrayList<>();
            for (Answering learner : learners) {
                tasks.add(() -> new LearnerReplay(learner, terms, node, tokens, progress).run());
            }
            return Crew.play(tasks, speed);
        }
    }

    /** Where a learner is looked at while he learns. */
    private String page(String member) {
        String escaped = URLEncoder.encode(member, StandardCharsets.UTF_8).replace("+", "%20");
        return url.toString().replaceFirst("/$", "") + "/#/learner/" + escaped;
    }

    private static boolean isFollowed(Report report) {
        return report.fault() == null && report.refused().isEmpty() && report.degraded() == 0;
    }
}
