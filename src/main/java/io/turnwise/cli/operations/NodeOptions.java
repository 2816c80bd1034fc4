package io.turnwise.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.client.NodeClient;
import io.turnwise.cli.client.NodeTokens;
import io.turnwise.cli.client.NodeUrl;
import io.turnwise.cluster.NodeSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Which node is asked, how its answers are printed, and the asking itself, as an admin of tenant {@code default}. */
final class NodeOptions {

    static final String FOOTER = "The token is signed with the node's secret: TURNWISE_JWT_SECRET, or else the one in"
            + " TURNWISE_DATA_DIR.";

    static final String ENTITY = "TYPE:ID, like session:8c1fQm3v2T0aXw; types are session, learner and member.";

    private static final String TENANT = "default";

    private final Map<String, String> environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            converter = NodeUrl.class,
            description = "Where the node is (http://127.0.0.1:8080).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print what the node answers as JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    NodeOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The path of one entity, below which there is something to ask for.
     *
     * @param entity {@code <type>:<id>}, for an id may begin like an option, or a whole persistence id
     */
    static String path(String entity) {
        int colon = entity.indexOf(':');
        if (colon < 1) {
            throw new ClientFailure("An entity is named TYPE:ID, like session:8c1fQm3v2T0aXw, not " + entity);
        }
        String persistenceId =
                entity.contains("|") ? entity : entity.substring(0, colon) + "|" + TENANT + entity.substring(colon);
        return "/admin/es/entities/" + encoded(persistenceId);
    }

    /** What a query says; what is null is left out. */
    static String query(Map<String, ? extends @Nullable Object> parameters) {
        Map<String, String> said = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                said.put(name, value.toString());
            }
        });
        return said.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&", said.isEmpty() ? "" : "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    JsonNode get(String path) {
        return ask((node, tokens) -> node.get(path, tokens.admin()));
    }

    JsonNode post(String path, @Nullable Object body) {
        String key = UUID.randomUUID().toString();
        return ask((node, tokens) ->
                body == null ? node.post(path, tokens.admin(), key) : node.post(path, tokens.admin(), key, body));
    }

    private JsonNode ask(BiFunction<NodeClient, NodeTokens, NodeClient.Answer> question) {
        NodeTokens tokens = NodeTokens.of(NodeSettings.from(environment));
        try (NodeClient node = new NodeClient(url)) {
            node.enter(tokens);
            NodeClient.Answer answer = question.apply(node, tokens);
            if (!answer.isSuccess()) {
                throw new ClientFailure("The node at " + url + " answers " + answer);
            }
            return answer.body();
        }
    }

    boolean isJson() {
        return json;
    }

    PrintWriter out() {
        return mixee.commandLine().getOut();
    }

    /** As it is where that is wanted, else in words. */
    void print(JsonNode answer, Runnable inWords) {
        if (json) {
            out().println(answer.toPrettyString());
        } else {
            inWords.run();
        }
        out().flush();
    }
}
