package io.turnwise.cli;

import io.turnwise.cluster.Node;
import io.turnwise.cluster.NodeSettings;
import picocli.CommandLine.Command;

/** What an operator does to a journal that no node is using. */
@Command(name = "journal", description = "Look after the journal while no node runs.", mixinStandardHelpOptions = true)
final class JournalCommand {

    @Command(
            name = "rebase",
            description = "After a restore, or a move to another Postgres: let projections read the journal again.",
            mixinStandardHelpOptions = true)
    void rebase() {
        long rows = Node.rebaseJournal(
                NodeSettings.from(System.getenv()), done -> System.out.printf("%,d rows ...%n", done));
        System.out.printf("Done: %,d rows. Projections will read from the beginning when a node starts.%n", rows);
    }
}
