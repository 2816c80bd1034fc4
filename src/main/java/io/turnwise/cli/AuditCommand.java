package io.turnwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.client.NodeClient;
import io.turnwise.cli.client.NodeTokens;
import io.turnwise.cli.client.NodeUrl;
import io.turnwise.cluster.NodeSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a node count a session again from its journal and compare; exit code 1 if anything differs. */
@Command(
        name = "audit",
        description =
                "Count a session again from the journal alone: scores, ranks, winners and orders; and compare what"
                        + " its entity, Redis and the list of orders say.",
        footer = {
            "",
            "Exit code 0 if nothing differs, 1 if something does. The token is signed with the node's secret:"
                    + " TURNWISE_JWT_SECRET, or else the one in TURNWISE_DATA_DIR."
        })
final class AuditCommand implements Callable<Integer> {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<String, String> environment;

    @Parameters(paramLabel = "SESSION", description = "The session's id.")
    private String session = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = NodeUrl.class,
            description = "Where the node is (http://127.0.0.1:8080).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AuditCommand() {
        this(System.getenv());
    }

    /** In an environment like that of the node. */
    AuditCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (!ID.matcher(session).matches()) {
            throw new ClientFailure("An id has letters, digits, - and _, at most 64 of them.");
        }
        NodeTokens tokens = NodeTokens.of(NodeSettings.from(environment));
        JsonNode report;
        try (NodeClient node = new NodeClient(url)) {
            node.enter(tokens);
            NodeClient.Answer answer = node.get("/api/admin/sessions/" + session + "/audit", tokens.admin());
            if (!answer.isSuccess()) {
                throw new ClientFailure("The node at " + url + " answers " + answer);
            }
            report = answer.body();
        }
        print(report);
        return report.path("is_consistent").asBoolean() ? 0 : 1;
    }

    private void print(JsonNode report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.toPrettyString());
        } else {
            out.printf(
                    Locale.ROOT,
                    "Session %s at version %,d: %,d bids of %,d bidders, %,d orders%n%n",
                    session,
                    report.path("version").asLong(),
                    report.path("bids").asLong(),
                    report.path("bidders").asLong(),
                    report.path("orders").asLong());
            report.path("checks")
                    .forEach(check -> out.printf(
                            "%-14s %-8s %s%n",
                            check.path("name").asText(),
                            check.path("result").asText(),
                            check.path("detail").asText()));
            out.printf("%n%s%n", report.path("is_consistent").asBoolean() ? "Nothing differs." : "Something DIFFERS.");
        }
        out.flush();
    }
}
