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

/** Shows, retries and discards what views could not take. */
@Command(
        name = "dlq",
        description =
                "Show, retry and discard dead letters: entities whose turns wait because a view could not take one.",
        footer = {"", NodeOptions.FOOTER})
public final class DeadLetterCommand implements Runnable {

    private static final String ALL = "/admin/cqrs/dead-letters";
    private static final int PAGE = 100;

    /** Which are meant. */
    static final class Wanted {
        @Option(names = "--projection", paramLabel = "NAME", description = "Of this projection.")
        @Nullable
        String projection;

        @Option(names = "--entity", paramLabel = "ID", description = "Of this persistence id.")
        @Nullable
        String entity;

        @Option(names = "--cause", paramLabel = "TEXT", description = "That failed like this.")
        @Nullable
        String cause;

        @Option(names = "--since", paramLabel = "TIME", description = "That failed then or later.")
        @Nullable
        String since;

        @Option(names = "--until", paramLabel = "TIME", description = "That failed before.")
        @Nullable
        String until;

        Map<String, @Nullable Object> said() {
            Map<String, @Nullable Object> said = new LinkedHashMap<>();
            said.put("projection", projection);
            said.put("entity", entity);
            said.put("cause", cause);
            said.put("since", since);
            said.put("until", until);
            return said;
        }
    }

    @Mixin
    private final NodeOptions node;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public DeadLetterCommand() {
        this(System.getenv());
    }

    DeadLetterCommand(Map<String, String> environment) {
        this.node = new NodeOptions(environment);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say list, show, retry or discard.");
    }

    @Command(name = "list", description = "List them, and how many failed alike.")
    void list(
            @Mixin Wanted wanted,
            @Option(names = "--after", paramLabel = "ID", description = "Those after that one.") @Nullable Long after) {
        Map<String, @Nullable Object> query = wanted.said();
        query.put("after", after);
        query.put("limit", PAGE);
        JsonNode page = node.get(ALL + NodeOptions.query(query));
        node.print(page, () -> {
            page.path("dead_letters").forEach(this::row);
            node.out().printf(Locale.ROOT, "%,d in all%n", page.path("total").asLong());
            page.path("groups")
                    .forEach(group -> node.out()
                            .printf(
                                    Locale.ROOT,
                                    "%,8d  %-16s %s%n",
                                    group.path("entities").asLong(),
                                    group.path("projection").asText(),
                                    group.path("cause").asText()));
            if (page.has("next_after")) {
                node.out()
                        .println("There are more: --after "
                                + page.path("next_after").asLong());
            }
        });
    }

    private void row(JsonNode letter) {
        node.out()
                .printf(
                        Locale.ROOT,
                        "%6d  %-16s %-48s turn %d, %,d waiting, since %s: %s%n",
                        letter.path("id").asLong(),
                        letter.path("projection").asText(),
                        letter.path("persistence_id").asText(),
                        letter.path("sequence_number").asLong(),
                        letter.path("turns_waiting").asLong(),
                        letter.path("failed_at").asText(),
                        letter.path("cause").asText());
    }

    @Command(name = "show", description = "Show one, and what happened in the turn that failed.")
    void show(@Parameters(paramLabel = "ID", description = "Its id.") long id) {
        JsonNode preview = node.get(ALL + "/" + id);
        node.print(preview, () -> {
            row(preview.path("dead_letter"));
            node.out().println(preview.path("dead_letter").path("error").asText());
            preview.path("events")
                    .forEach(event -> node.out()
                            .printf(
                                    "  version %d  %s  %s  %s%n",
                                    event.path("version").asLong(),
                                    event.path("at").asText(),
                                    event.path("type").asText(),
                                    event.path("event")));
        });
    }

    @Command(name = "retry", description = "Try one again, or all that are meant, at most 100 at once.")
    void retry(
            @Parameters(arity = "0..1", paramLabel = "ID", description = "Its id.") @Nullable Long id,
            @Mixin Wanted wanted,
            @Option(names = "--dry-run", description = "Undo all of it in the end.") boolean isDryRun,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many (100).")
                    int limit,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "retried from the command line",
                            description = "Why.")
                    String reason) {
        if (id != null) {
            JsonNode retried = node.post(ALL + "/" + id + "/retry?dry_run=" + isDryRun, null);
            node.print(retried, () -> printRetried(retried));
            return;
        }
        Map<String, @Nullable Object> said = wanted.said();
        said.values().removeIf(value -> value == null);
        said.put("limit", limit);
        said.put("dry_run", isDryRun);
        said.put("reason", reason);
        JsonNode many = node.post(ALL + "/retry", said);
        node.print(many, () -> {
            many.path("retried").forEach(this::printRetried);
            node.out()
                    .printf(
                            Locale.ROOT,
                            "%,d were meant%n",
                            many.path("matching").asLong());
        });
    }

    private void printRetried(JsonNode retried) {
        node.out()
                .printf(
                        Locale.ROOT,
                        "%6d  %-48s %,d turns carried%s%s%n",
                        retried.path("id").asLong(),
                        retried.path("persistence_id").asText(),
                        retried.path("turns_applied").asLong(),
                        retried.path("is_settled").asBoolean()
                                ? ", none waiting"
                                : ", the next failed: " + retried.path("error").asText(),
                        retried.path("is_dry_run").asBoolean() ? " (all undone)" : "");
    }

    @Command(name = "discard", description = "Give the turn that failed up; what waits behind it is carried.")
    void discard(
            @Parameters(paramLabel = "ID", description = "Its id.") long id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        JsonNode discarded = node.post(ALL + "/" + id + "/discard", Map.of("reason", reason));
        node.print(discarded, () -> printRetried(discarded));
    }
}
