package io.turnwise.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.turnwise.cli.client.ClientFailure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and steers projections. */
@Command(
        name = "projection",
        description = "Show and steer what carries turns into views.",
        footer = {"", NodeOptions.FOOTER})
public final class ProjectionCommand implements Runnable {

    private static final String ALL = "/admin/cqrs/projections";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    @Mixin
    private final NodeOptions node;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ProjectionCommand() {
        this(System.getenv());
    }

    ProjectionCommand(Map<String, String> environment) {
        this.node = new NodeOptions(environment);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say list, show, pause, resume, reset, skip or rebuild.");
    }

    @Command(name = "list", description = "List all projections, and how they stand.")
    void list() {
        JsonNode all = node.get(ALL);
        node.print(all, () -> {
            node.out()
                    .printf(
                            Locale.ROOT,
                            "%-20s %-9s %-10s %12s %12s %8s%n",
                            "projection",
                            "state",
                            "store",
                            "behind",
                            "seconds",
                            "parked");
            all.path("projections").forEach(this::row);
        });
    }

    private void row(JsonNode projection) {
        node.out()
                .printf(
                        Locale.ROOT,
                        "%-20s %-9s %-10s %12s %12.1f %,8d%n",
                        projection.path("name").asText(),
                        projection.path("state").asText(),
                        projection.path("store").asText(),
                        behind(projection),
                        projection.path("lag_seconds").asDouble(),
                        projection.path("dead_letters").asLong());
    }

    private static String behind(JsonNode standing) {
        return String.format(
                Locale.ROOT,
                "%s%,d",
                standing.path("lag_is_at_least").asBoolean() ? ">=" : "",
                standing.path("lag_turns").asLong());
    }

    @Command(name = "show", description = "Show one with its workers, its rebuild, and what operators did.")
    void show(@Parameters(paramLabel = "NAME", description = "The projection.") String name) {
        print(node.get(path(name)));
    }

    private void print(JsonNode projection) {
        node.print(projection, () -> {
            row(projection);
            projection
                    .path("workers")
                    .forEach(worker -> node.out()
                            .printf(
                                    Locale.ROOT,
                                    "  %-12s %-9s %12s behind, at %s, epoch %d of %s%s%n",
                                    worker.path("slices").asText(),
                                    worker.path("state").asText(),
                                    behind(worker),
                                    worker.path("offset").asText("the start"),
                                    worker.path("epoch").asLong(),
                                    worker.path("owner").asText("nobody"),
                                    worker.has("error")
                                            ? ": " + worker.path("error").asText()
                                            : ""));
            if (projection.has("rebuild")) {
                printRebuild(projection.path("rebuild"));
            }
            projection
                    .path("actions")
                    .forEach(action -> node.out()
                            .printf(
                                    "  %s  %-8s %s: %s%s%n",
                                    action.path("at").asText(),
                                    action.path("action").asText(),
                                    action.path("by").asText(),
                                    action.path("reason").asText(),
                                    action.has("detail")
                                            ? " (" + action.path("detail").asText() + ")"
                                            : ""));
        });
    }

    private void printRebuild(JsonNode rebuild) {
        node.out()
                .printf(
                        Locale.ROOT,
                        "  rebuild %s: %,d of %,d turns%s%s%n",
                        rebuild.path("state").asText(),
                        rebuild.path("turns_done").asLong(),
                        rebuild.path("turns_total").asLong(),
                        rebuild.has("seconds_left")
                                ? String.format(
                                        Locale.ROOT,
                                        ", %.0f s left",
                                        rebuild.path("seconds_left").asDouble())
                                : "",
                        rebuild.has("only_before")
                                ? String.format(
                                        Locale.ROOT,
                                        ", %,d rows only before, %,d only after",
                                        rebuild.path("only_before").asLong(),
                                        rebuild.path("only_after").asLong())
                                : "");
    }

    @Command(name = "pause", description = "Let one rest, on all nodes, until it is resumed.")
    void pause(
            @Parameters(paramLabel = "NAME", description = "The projection.") String name,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        act(name, "pause", Map.of("reason", reason));
    }

    @Command(name = "resume", description = "Let one go on where it is.")
    void resume(
            @Parameters(paramLabel = "NAME", description = "The projection.") String name,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        act(name, "resume", Map.of("reason", reason));
    }

    @Command(name = "reset", description = "Empty a view and fill it from the start; it is incomplete meanwhile.")
    void reset(
            @Parameters(paramLabel = "NAME", description = "The projection.") String name,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        act(name, "reset", Map.of("reason", reason));
    }

    @Command(name = "skip", description = "Pass over the next turn of one worker of a paused projection.")
    void skip(
            @Parameters(paramLabel = "NAME", description = "The projection.") String name,
            @Option(
                            names = "--slices",
                            required = true,
                            paramLabel = "SLICES",
                            description = "The worker's, as show has them, like 0-511.")
                    String slices,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        act(name, "skip", Map.of("slices", slices, "reason", reason));
    }

    @Command(
            name = "rebuild",
            description = "Fill a view anew beside the one that serves, compare the two, and swap them.")
    void rebuild(
            @Parameters(paramLabel = "NAME", description = "The projection.") String name,
            @Option(names = "--compare-only", description = "Compare, and leave the view as it is.")
                    boolean comparesOnly,
            @Option(names = "--cancel", description = "Stop the rebuild that runs.") boolean cancels,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        if (cancels) {
            act(name, "rebuild/cancel", Map.of("reason", reason));
            return;
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("reason", reason);
        wanted.put("swap", !comparesOnly);
        act(name, "rebuild", wanted);
    }

    private void act(String name, String action, Map<String, ?> wanted) {
        print(node.post(path(name) + "/" + action, wanted));
    }

    private static String path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ClientFailure("A projection is named as `turnwise projection list` has it, not " + name);
        }
        return ALL + "/" + name;
    }
}
