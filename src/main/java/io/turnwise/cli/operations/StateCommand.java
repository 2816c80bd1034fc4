package io.turnwise.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the state of an entity as it is or was, or as it would be without one event. */
@Command(
        name = "state",
        description = "Show the state of an entity as it is, as it was, or as it would be without one event.",
        footer = {
            "",
            "A state without an event is folded from all others as they are stored; what was decided is not decided again.",
            NodeOptions.FOOTER
        })
public final class StateCommand implements Runnable {

    @Mixin
    private final NodeOptions node;

    @Parameters(paramLabel = "ENTITY", description = NodeOptions.ENTITY)
    private String entity = "";

    @Option(names = "--at", paramLabel = "WHEN", description = "A version or an RFC 3339 time (the newest).")
    private @Nullable String at;

    @Option(names = "--no-snapshot", description = "Fold from the first event; the state is the same.")
    private boolean withoutSnapshot;

    @Option(names = "--without", paramLabel = "VERSION", description = "Leave this event out.")
    private @Nullable Long without;

    public StateCommand() {
        this(System.getenv());
    }

    StateCommand(Map<String, String> environment) {
        this.node = new NodeOptions(environment);
    }

    @Override
    public void run() {
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("at", at);
        if (without == null) {
            query.put("snapshot", !withoutSnapshot);
            JsonNode answer = node.get(NodeOptions.path(entity) + "/state" + NodeOptions.query(query));
            node.print(answer, () -> printState(answer));
        } else {
            query.put("without", without);
            JsonNode answer = node.get(NodeOptions.path(entity) + "/what-if" + NodeOptions.query(query));
            node.print(answer, () -> printWithout(answer));
        }
    }

    private void printState(JsonNode answer) {
        JsonNode snapshot = answer.path("snapshot_version");
        node.out()
                .printf(
                        Locale.ROOT,
                        "%s at version %,d of %,d (%s), %s%n%n%s%n",
                        answer.path("persistence_id").asText(),
                        answer.path("version").asLong(),
                        answer.path("newest_version").asLong(),
                        answer.path("at").asText("before anything happened"),
                        snapshot.isMissingNode()
                                ? "folded from the first event"
                                : "folded from the snapshot at version " + snapshot.asLong(),
                        answer.path("state").toPrettyString());
    }

    private void printWithout(JsonNode answer) {
        JsonNode left = answer.path("without");
        String name = left.path("version").asLong() + " (" + left.path("type").asText() + ")";
        if (answer.path("folds").asBoolean()) {
            node.out()
                    .printf(
                            Locale.ROOT,
                            "%s at version %,d, had event %s not happened:%n%n",
                            answer.path("persistence_id").asText(),
                            answer.path("version").asLong(),
                            name);
            DiffCommand.print(answer.path("patch"), node.out());
        } else {
            JsonNode misfit = answer.path("misfit");
            node.out()
                    .printf(
                            "Without event %s, event %d (%s) cannot be applied.%n",
                            name,
                            misfit.path("version").asLong(),
                            misfit.path("type").asText());
        }
    }
}
