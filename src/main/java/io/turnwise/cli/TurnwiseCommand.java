package io.turnwise.cli;

import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.learner.LearnerCommand;
import io.turnwise.cli.operations.DiffCommand;
import io.turnwise.cli.operations.EventsCommand;
import io.turnwise.cli.operations.SnapshotCommand;
import io.turnwise.cli.operations.StateCommand;
import io.turnwise.cli.replay.ReplayCommand;
import io.turnwise.cluster.StartFailure;
import io.turnwise.stores.StoreFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole; without a subcommand it serves. */
@Command(
        name = "turnwise",
        description =
                "One mailbox for every user and every live bidding session; what waits in it is taken turn by turn.",
        subcommands = {
            ReplayCommand.class,
            AuditCommand.class,
            JournalCommand.class,
            EventsCommand.class,
            StateCommand.class,
            DiffCommand.class,
            SnapshotCommand.class,
            LearnerCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = TurnwiseCommand.Version.class)
public final class TurnwiseCommand implements Runnable {

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"turnwise " + version()};
        }
    }

    /** Runs the command and returns the exit code. */
    public static int execute(String... args) {
        return new CommandLine(new TurnwiseCommand())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    boolean expected = failure instanceof StoreFailure
                            || failure instanceof ClientFailure
                            || failure instanceof StartFailure
                            || failure instanceof IllegalArgumentException;
                    if (expected) {
                        command.getErr().println("turnwise: " + failure.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return 1;
                })
                .execute(args);
    }

    static String version() {
        String version = TurnwiseCommand.class.getPackage().getImplementationVersion();
        return version == null ? "from source" : version;
    }

    @Override
    public void run() {
        serve();
    }

    @Command(name = "serve", description = "Start a node (what happens without a command).")
    void serve() {
        Serve.run(System.getenv(), System.out);
    }

    @Command(name = "version", description = "Print the version.")
    void printVersion() {
        System.out.println("turnwise " + version());
    }
}
