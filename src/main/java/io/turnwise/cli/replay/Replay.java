package io.turnwise.cli.replay;

import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.client.Crew;
import io.turnwise.cli.client.NodeClient;
import io.turnwise.cli.client.NodeTokens;
import io.turnwise.cli.terminal.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Replays many auctions at the same time. */
final class Replay {

    /**
     * What became of all of them.
     *
     * @param reports in the order of the recording
     * @param requests sent, repeated ones included
     * @param retries requests that were repetitions
     */
    record Outcome(List<AuctionReport> reports, long requests, long retries, Duration elapsed) {

        /** Whether every auction went as its bids say. */
        boolean isRight() {
            return reports.stream().allMatch(AuctionReport::agreesWithBids);
        }
    }

    private Replay() {}

    /**
     * Replays and waits for the end.
     *
     * @throws ClientFailure if the node is not there or does not let us in
     */
    static Outcome run(
            Recording recording, AuctionReplay.Terms terms, NodeClient node, NodeTokens tokens, Progress progress) {
        long startNanos = System.nanoTime();
        List<Callable<AuctionReport>> tasks = new ArrayList<>();
        for (RecordedAuction auction : recording.auctions()) {
            tasks.add(() -> new AuctionReplay(auction, terms, node, tokens, progress).run());
        }
        List<AuctionReport> reports = Crew.play(tasks, terms.speed());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        return new Outcome(reports, node.requestCount(), node.retryCount(), elapsed);
    }
}
