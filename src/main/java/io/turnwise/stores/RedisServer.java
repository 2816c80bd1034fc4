package io.turnwise.stores;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** The Redis of one data folder, started and stopped by us; it is a cache and writes nothing but its log. */
final class RedisServer implements ServerWatch.Server {
    private static final Logger log = LoggerFactory.getLogger(RedisServer.class);
    private static final String PROGRAM = "redis-server";
    private static final int PASSWORD_BYTES = 32;
    private static final int STARTS = 3;
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(10);
    private static final int PING_MILLIS = 1000;
    private static final List<ServerProcess.Ask> ASKS_TO_STOP =
            List.of(new ServerProcess.Ask("TERM", Duration.ofSeconds(5)));

    private final DataFolder folder;
    private final int port;

    private RedisServer(DataFolder folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts the server; one that an earlier process left running in this folder is stopped first. */
    static RedisServer start(DataFolder folder) {
        Path home = home(folder);
        try {
            stopLeftOver(home);
            if (!Files.isDirectory(home)) {
                Files.createDirectory(home, DataFolder.FOLDER_OF_OWNER);
            }
            Path program = unpack(home);
            for (int start = 1; ; start++) {
                RedisServer server = new RedisServer(folder, Launch.freePort());
                if (server.launch(program)) {
                    return server;
                }
                server.stop();
                // Between finding a free port and binding it, somebody else may take it.
                if (start == STARTS || !Launch.lastLines(logFile(home)).contains("Address already in use")) {
                    throw notStarted(home);
                }
            }
        } catch (IOException e) {
            throw new StoreFailure("Redis cannot be started in " + home + ": " + e, e);
        }
    }

    private static StoreFailure notStarted(Path home) {
        return new StoreFailure("Redis cannot be started in %s. The end of %s:%n%s"
                .formatted(home, logFile(home), Launch.lastLines(logFile(home))));
    }

    /** The URI with its password. */
    String uri() {
        return "redis://:" + password() + "@127.0.0.1:" + port + "/0";
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public boolean isRunning() {
        return find(home(folder)).isPresent();
    }

    @Override
    public void startAgain() {
        Path home = home(folder);
        try {
            stopLeftOver(home);
            if (!launch(home.resolve(PROGRAM))) {
                stop();
                throw notStarted(home);
            }
        } catch (IOException e) {
            throw new StoreFailure("Redis cannot be started again in " + home + ": " + e, e);
        }
    }

    void stop() {
        find(home(folder)).ifPresent(process -> process.stop(ASKS_TO_STOP));
    }

    static Optional<ServerProcess> find(Path home) {
        return ServerProcess.find(pidFile(home), PROGRAM, home);
    }

    static Path home(DataFolder folder) {
        return folder.path().resolve("redis");
    }

    static Path pidFile(Path home) {
        return home.resolve("redis.pid");
    }

    private static void stopLeftOver(Path home) throws IOException {
        var leftOver = find(home);
        if (leftOver.isPresent()) {
            log.warn(
                    "Redis {} still runs in {}: the program that started it ended without stopping it. Stopping it.",
                    leftOver.get().pid(),
                    home);
            leftOver.get().stop(ASKS_TO_STOP);
        }
        Files.deleteIfExists(pidFile(home));
    }

    // Into its own folder: a program in /tmp could be planted there, or swept away while it is needed.
    private static Path unpack(Path home) throws IOException {
        Path program = home.resolve(PROGRAM);
        String resource = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
        try (InputStream in = resource == null ? null : RedisServer.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new StoreFailure("No Redis for this machine comes with this program. Set "
                        + StoreSettings.REDIS_URL + " to a Redis of yours.");
            }
            Path draft = home.resolve(PROGRAM + ".draft");
            Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
            Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE);
        }
        return program;
    }

    private boolean launch(Path program) throws IOException {
        Path home = home(folder);
        Path configuration = home.resolve("redis.conf");
        DataFolder.writePrivately(configuration, configuration(home));
        List<String> command = List.of(program.toString(), configuration.toString());
        return Launch.run(command, home, logFile(home)) == 0
                && Waiting.until(() -> answers() || hasEnded(home), STARTED_WITHIN)
                && answers();
    }

    private String configuration(Path home) {
        // As a daemon it makes a session of its own, so that Ctrl-C in our terminal does not reach it.
        return """
                daemonize yes
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                logfile "%s"
                save ""
                appendonly no
                maxmemory-policy noeviction
                """.formatted(port, password(), home, pidFile(home), logFile(home));
    }

    private static boolean hasEnded(Path home) {
        return Files.exists(pidFile(home)) && find(home).isEmpty();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PING_MILLIS);
            socket.setSoTimeout(PING_MILLIS);
            byte[] request = ("AUTH " + password() + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(request);
            String expected = "+OK\r\n+PONG\r\n";
            byte[] answer = socket.getInputStream().readNBytes(expected.length());
            return expected.equals(new String(answer, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return false;
        }
    }

    private String password() {
        return folder.secret("redis", PASSWORD_BYTES);
    }

    private static Path logFile(Path home) {
        return home.resolve("redis.log");
    }
}
