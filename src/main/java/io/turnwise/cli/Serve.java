package io.turnwise.cli;

import io.turnwise.cluster.Node;
import io.turnwise.cluster.NodeSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts a node, says where it is, and stops it when the process is told to stop. */
final class Serve {

    private Serve() {}

    static void run(Map<String, String> environment, PrintStream out) {
        long startNanos = System.nanoTime();
        NodeSettings settings = NodeSettings.from(environment);
        Node node = Node.start(settings);
        AtomicBoolean stopping = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.set(true);
                            out.println("Stopping: finishing the turns in flight ...");
                            node.close();
                            out.println("Stopped.");
                        },
                        "stop"));
        node.whenTerminated().whenCompleteAsync((done, failure) -> {
            if (!stopping.get()) {
                new Thread(() -> System.exit(1), "exit").start(); // the cluster has put this node out
            }
        });
        print(settings, node.started(), Duration.ofNanos(System.nanoTime() - startNanos), out);
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
