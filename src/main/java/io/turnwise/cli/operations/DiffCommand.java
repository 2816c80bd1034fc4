package io.turnwise.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what changed in the state of an entity. */
@Command(
        name = "diff",
        description = "Show what changed in the state of an entity between two versions or times, as a JSON patch.",
        footer = {"", NodeOptions.FOOTER})
public final class DiffCommand implements Runnable {

    @Mixin
    private final NodeOptions node;

    @Parameters(paramLabel = "ENTITY", description = NodeOptions.ENTITY)
    private String entity = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "WHEN",
            description = "A version (0 is before the first event) or an RFC 3339 time.")
    private String from = "";

    @Option(names = "--to", paramLabel = "WHEN", description = "The same (the newest).")
    private @Nullable String to;

    public DiffCommand() {
        this(System.getenv());
    }

    DiffCommand(Map<String, String> environment) {
        this.node = new NodeOptions(environment);
    }

    @Override
    public void run() {
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("from", from);
        query.put("to", to);
        JsonNode answer = node.get(NodeOptions.path(entity) + "/diff" + NodeOptions.query(query));
        node.print(answer, () -> {
            node.out()
                    .printf(
                            Locale.ROOT,
                            "%s from version %,d to version %,d:%n%n",
                            answer.path("persistence_id").asText(),
                            answer.at("/from/version").asLong(),
                            answer.at("/to/version").asLong());
            print(answer.path("patch"), node.out());
        });
    }

    static void print(JsonNode patch, PrintWriter out) {
        if (patch.isEmpty()) {
            out.println("Nothing differs.");
        }
        patch.forEach(step -> out.printf(
                "%-8s %s%s%n",
                step.path("op").asText(),
                step.path("path").asText(),
                step.has("value") ? "  " + step.path("value") : ""));
    }
}
