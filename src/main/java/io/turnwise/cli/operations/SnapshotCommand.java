package io.turnwise.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, takes and deletes snapshots. */
@Command(
        name = "snapshot",
        description = "Show, take and delete snapshots of entities.",
        footer = {"", NodeOptions.FOOTER})
public final class SnapshotCommand implements Runnable {

    private static final int PAGE = 100;
    private static final String ALL = "/admin/es/snapshots";

    @Mixin
    private final NodeOptions node;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public SnapshotCommand() {
        this(System.getenv());
    }

    SnapshotCommand(Map<String, String> environment) {
        this.node = new NodeOptions(environment);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say list, stats, take or cleanup.");
    }

    @Command(name = "list", description = "List the snapshots of one entity, or of all.")
    void list(
            @Parameters(arity = "0..1", paramLabel = "ENTITY", description = NodeOptions.ENTITY) @Nullable
                    String entity,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "At most so many (1000).")
                    int limit) {
        if (entity == null) {
            all(limit);
        } else {
            node.get(NodeOptions.path(entity) + "/snapshots").path("items").forEach(this::print);
        }
        node.out().flush();
    }

    private void all(int limit) {
        int left = limit;
        String after = null;
        do {
            Map<String, @Nullable Object> query = new LinkedHashMap<>();
            query.put("after", after);
            query.put("limit", Math.max(1, Math.min(left, PAGE)));
            JsonNode page = node.get(ALL + NodeOptions.query(query));
            page.path("items").forEach(this::print);
            left -= page.path("items").size();
            after = page.path("next_after").asText(null);
        } while (after != null && left > 0);
    }

    private void print(JsonNode snapshot) {
        if (node.isJson()) {
            node.out().println(snapshot);
            return;
        }
        node.out()
                .printf(
                        Locale.ROOT,
                        "%-48s  version %,10d  %,12d bytes  %s  %s%s%n",
                        snapshot.path("persistence_id").asText(),
                        snapshot.path("version").asLong(),
                        snapshot.path("bytes").asLong(),
                        snapshot.path("created_at").asText(),
                        snapshot.path("reason").asText(),
                        snapshot.has("by") ? " (" + snapshot.path("by").asText() + ")" : "");
    }

    @Command(name = "stats", description = "Say how many snapshots there are, and how large.")
    void stats() {
        JsonNode stats = node.get(ALL + "/stats");
        node.print(stats, () -> {
            node.out()
                    .printf(
                            Locale.ROOT,
                            "%,d snapshots, %,d of them by hand, %,d bytes on average, taken from %s to %s%n",
                            stats.path("total_snapshots").asLong(),
                            stats.path("by_hand").asLong(),
                            stats.path("average_bytes").asLong(),
                            stats.path("oldest").asText("-"),
                            stats.path("newest").asText("-"));
            stats.path("by_type")
                    .properties()
                    .forEach(kind -> node.out()
                            .printf(
                                    Locale.ROOT,
                                    "%-10s %,10d snapshots  %,15d bytes%n",
                                    kind.getKey(),
                                    kind.getValue().path("count").asLong(),
                                    kind.getValue().path("bytes").asLong()));
        });
    }

    @Command(name = "take", description = "Take a snapshot of an entity now; nothing happens to the entity by it.")
    void take(
            @Parameters(paramLabel = "ENTITY", description = NodeOptions.ENTITY) String entity,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        JsonNode taken = node.post(NodeOptions.path(entity) + "/snapshots", Map.of("reason", reason));
        node.print(taken, () -> print(taken));
    }

    @Command(name = "cleanup", description = "Delete old snapshots, but never the newest of an entity.")
    void cleanup(
            @Option(
                            names = "--days",
                            paramLabel = "DAYS",
                            description = "Those older than that (as the node has it: 90).")
                    @Nullable
                    Integer days) {
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("days", days);
        JsonNode cleaned = node.post(ALL + "/cleanup" + NodeOptions.query(query), null);
        node.print(
                cleaned,
                () -> node.out()
                        .printf(
                                Locale.ROOT,
                                "Deleted %,d snapshots taken before %s.%n",
                                cleaned.path("deleted").asLong(),
                                cleaned.path("before").asText()));
    }
}
