package io.turnwise.cli.replay;

import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.client.NodeClient;
import io.turnwise.cli.client.NodeTokens;
import io.turnwise.cli.client.NodeUrl;
import io.turnwise.cli.client.Speed;
import io.turnwise.cli.csv.Unreadable;
import io.turnwise.cli.terminal.Progress;
import io.turnwise.cluster.NodeSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays recorded auctions through the HTTP API of a running node; exit code 1 if one does not go as its bids say. */
@Command(
        name = "replay",
        description = "Replay recorded auctions through the HTTP API of a running node and check who wins them.",
        footer = {
            "",
            "The file has the columns auctionid, bid, bidtime (days from the start), bidder, bidderrate, price and"
                    + " item. Tokens are signed with the node's secret: TURNWISE_JWT_SECRET, or else the one in"
                    + " TURNWISE_DATA_DIR."
        },
        sortOptions = false,
        showDefaultValues = true)
public final class ReplayCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final boolean isWatched;

    @Parameters(paramLabel = "FILE.csv", showDefaultValue = Visibility.NEVER, description = "The recorded auctions.")
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
            names = "--rule",
            paramLabel = "RULE",
            description = "Which bids of the same bidder count: one of" + " ${COMPLETION-CANDIDATES}.")
    private Rule rule = Rule.RAISE_ONLY;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** In the environment of this process. */
    public ReplayCommand() {
        this(System.getenv(), CommandLine.Help.Ansi.AUTO.enabled());
    }

    /**
     * In an environment like that of the node.
     *
     * @param isWatched whether somebody sits at a terminal
     */
    ReplayCommand(Map<String, String> environment, boolean isWatched) {
        this.environment = environment;
        this.isWatched = isWatched;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Recording recording = RecordingReader.read(file);
        Unreadable.print(recording.unreadable(), err);
        if (recording.auctions().isEmpty()) {
            throw new ClientFailure("There is no bid in " + file);
        }
        NodeTokens tokens = NodeTokens.of(NodeSettings.from(environment));
        AuctionReplay.Terms terms = new AuctionReplay.Terms(UUID.randomUUID().toString(), rule, speed);
        Replay.Outcome outcome;
        try (NodeClient node = new NodeClient(url)) {
            node.enter(tokens);
            try (Progress progress = isWatched
                    ? Progress.bar("Replaying", "bids", recording.bidCount())
                    : Progress.lines("Replaying", "bids", recording.bidCount(), err)) {
                outcome = Replay.run(recording, terms, node, tokens, progress);
            }
        }
        out.printf("%nReplayed %s under %s at %s%n%n", file.getFileName(), rule, url);
        out.println(ClosingTable.of(outcome, recording.unreadable().size()));
        out.flush();
        return outcome.isRight() ? 0 : 1;
    }
}
