package io.turnwise;

import io.turnwise.cli.TurnwiseCommand;
import java.util.concurrent.ForkJoinPool;

/** The entry point: prepares the JVM, then hands over to the command line. */
public final class Main {

    private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

    private Main() {}

    public static void main(String[] args) {
        // With parallelism 1 every asynchronous step of a future starts a thread of its own, which costs a factor of
        // forty.
        if (System.getProperty(PARALLELISM) == null) {
            int cores = Runtime.getRuntime().availableProcessors();
            System.setProperty(PARALLELISM, Integer.toString(Math.max(2, cores - 1)));
        }
        if (ForkJoinPool.getCommonPoolParallelism() < 2) {
            System.err.println("turnwise: the common pool has parallelism " + ForkJoinPool.getCommonPoolParallelism()
                    + "; start with -D" + PARALLELISM + "=2 or more");
            System.exit(1);
        }
        int exitCode = TurnwiseCommand.execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
