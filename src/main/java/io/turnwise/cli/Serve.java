package io.turnwise.cli;

import io.turnwise.cluster.Node;
import io.turnwise.cluster.NodeSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Starts a node, says where it is, and stops it when the process is told to stop. */
final class Serve {

    /** The node, once its start has ended; empty when it failed. */
    private final CompletableFuture<Optional<Node>> start = new CompletableFuture<>();

    private final PrintStream out;
    private volatile boolean stopping;

    private Serve(PrintStream out) {
        this.out = out;
    }

    static void run(Map<String, String> environment, PrintStream out) {
        long startNanos = System.nanoTime();
        ParentWatch.startIfWanted();
        NodeSettings settings = NodeSettings.from(environment);
        Optional<Node.Started> started = new Serve(out).start(settings);
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        started.ifPresent(node -> print(settings, node, took, out));
    }

    /** Empty when the process was told to stop meanwhile. */
    private Optional<Node.Started> start(NodeSettings settings) {
        // From here on there may be a lock to leave, and servers to stop.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            Node node = Node.start(settings, Node.openFolder(settings, () -> stopping));
            node.whenTerminated().whenCompleteAsync((done, failure) -> {
                if (!stopping) {
                    new Thread(() -> System.exit(1), "exit").start(); // the cluster has put this node out
                }
            });
            start.complete(Optional.of(node));
            return stopping ? Optional.empty() : Optional.of(node.started());
        } catch (RuntimeException e) {
            if (stopping) {
                return Optional.empty(); // much cannot be started any more once the JVM stops
            }
            throw e;
        } finally {
            start.complete(Optional.empty());
        }
    }

    private void stop() {
        stopping = true;
        if (!start.isDone()) {
            out.println("Stopping as soon as the start has come to its end ...");
        }
        start.join().ifPresent(node -> {
            out.println("Stopping: finishing the turns in flight ...");
            node.close();
            out.println("Stopped.");
        });
    }

    private static void print(NodeSettings settings, Node.Started started, Duration took, PrintStream out) {
        String host = settings.httpHost().equals("0.0.0.0") ? "localhost" : settings.httpHost();
        out.printf("%nTurnwise %s is ready after %.1f s%n%n", TurnwiseCommand.version(), took.toMillis() / 1000.0);
        out.printf("  Open    http://%s:%d/%n", host, started.address().getPort());
        if (settings.adminPassword().isPresent()) {
            out.printf("  Admin   user admin, password as TURNWISE_ADMIN_PASSWORD has it%n");
        } else {
            out.printf(
                    "  Admin   user admin, password %s in %s%n",
                    started.adminPasswordGenerated() ? "generated just now," : "",
                    settings.dataFolder().resolve("secrets").resolve("admin-password"));
        }
        out.printf("  Data    %s%n", settings.dataFolder().toAbsolutePath().normalize());
        out.printf("  Stop    Ctrl-C%n%n");
        out.flush();
    }
}
