package io.turnwise.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Replays recorded auctions through the HTTP API. */
@Command(name = "replay", description = "Replay recorded auctions from a CSV file through the HTTP API.")
final class ReplayCommand implements Runnable {
    @Parameters(paramLabel = "FILE.csv")
    private Path file = Path.of("");

    @Override
    public void run() {
        System.out.println(file);
    }
}
