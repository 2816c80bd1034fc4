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

/** Lists what happened to an entity. */
@Command(
        name = "events",
        description = "List the events of an entity, the oldest first.",
        footer = {"", NodeOptions.FOOTER})
public final class EventsCommand implements Runnable {

    private static final int WIDTH = 100;
    private static final int PAGE = 100;

    @Mixin
    private final NodeOptions node;

    @Parameters(paramLabel = "ENTITY", description = NodeOptions.ENTITY)
    private String entity = "";

    @Option(names = "--after", paramLabel = "VERSION", description = "Only those after this version.")
    private long after;

    @Option(names = "--up-to", paramLabel = "VERSION", description = "Only those up to this version.")
    private @Nullable Long upTo;

    @Option(names = "--since", paramLabel = "TIME", description = "Only those then or later (RFC 3339).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those then or earlier (RFC 3339).")
    private @Nullable String until;

    @Option(names = "--type", paramLabel = "NAME", description = "Only those of this name, like bidding.bid-placed.")
    private @Nullable String name;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (1000).")
    private int limit = 1_000;

    public EventsCommand() {
        this(System.getenv());
    }

    EventsCommand(Map<String, String> environment) {
        this.node = new NodeOptions(environment);
    }

    @Override
    public void run() {
        long next = after;
        int left = limit;
        while (left > 0) {
            JsonNode page = page(next, Math.min(left, PAGE));
            page.path("items").forEach(this::print);
            left -= page.path("items").size();
            if (!page.has("next_after")) {
                break;
            }
            next = page.path("next_after").asLong();
        }
        node.out().flush();
    }

    private JsonNode page(long from, int count) {
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("after", from);
        query.put("up_to", upTo);
        query.put("since", since);
        query.put("until", until);
        query.put("type", name);
        query.put("limit", count);
        return node.get(NodeOptions.path(entity) + "/events" + NodeOptions.query(query));
    }

    private void print(JsonNode event) {
        if (node.isJson()) {
            node.out().println(event);
            return;
        }
        String content = event.path("event").toString();
        node.out()
                .printf(
                        Locale.ROOT,
                        "%8d  %-24s  %-16s  %-30s  %s%n",
                        event.path("version").asLong(),
                        event.path("at").asText(),
                        event.path("by").asText(),
                        event.path("type").asText(),
                        content.length() <= WIDTH ? content : content.substring(0, WIDTH - 3) + "...");
    }
}
