package io.turnwise.cli.replay;

import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.client.NodeClient;
import io.turnwise.cli.client.NodeTokens;
import io.turnwise.cli.terminal.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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

    /** Auctions replayed at a time when each has a request under way always, and when most wait for their time. */
    private static final int BUSY_AUCTIONS_MAX = 64;

    private static final int PACED_AUCTIONS_MAX = 512;

    private Replay() {}

    /**
     * Replays and waits for the end.
     *
     * @throws ClientFailure if the node is not there or does not let us in
     */
    static Outcome run(
            Recording recording, AuctionReplay.Terms terms, NodeClient node, NodeTokens tokens, Progress progress) {
        long startNanos = System.nanoTime();
        int atOnce = Math.min(recording.auctions().size(), terms.speed() == 0 ? BUSY_AUCTIONS_MAX : PACED_AUCTIONS_MAX);
        ExecutorService workers = Executors.newFixedThreadPool(atOnce, task -> new Thread(task, "replay"));
        try {
            List<Callable<AuctionReport>> tasks = new ArrayList<>();
            for (RecordedAuction auction : recording.auctions()) {
                tasks.add(() -> new AuctionReplay(auction, terms, node, tokens, progress).run());
            }
            List<AuctionReport> reports = new ArrayList<>();
            for (Future<AuctionReport> report : workers.invokeAll(tasks)) {
                reports.add(report.get());
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
            return new Outcome(List.copyOf(reports), node.requestCount(), node.retryCount(), elapsed);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A fault of the replay itself", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientFailure("Interrupted", e);
        } finally {
            workers.shutdownNow();
        }
    }
}
