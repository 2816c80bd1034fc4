package io.turnwise.stores;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Postgres and the Redis of one node: where they are, and how to stop what was started for it. */
public final class Stores implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Stores.class);
    private static final long CONNECT_AGAIN_MILLIS = 200;
    private static final Duration WAIT_SAID_EVERY = Duration.ofSeconds(10);

    private final PostgresAccess postgres;
    private final String redisUri;
    private final boolean isNew;
    private final Optional<PostgresServer> ownPostgres;
    private final Optional<RedisServer> ownRedis;
    private final List<ServerWatch> watches = new ArrayList<>();
    private boolean closed;

    private Stores(
            StoreSettings settings,
            boolean newFolder,
            Optional<PostgresServer> ownPostgres,
            Optional<RedisServer> ownRedis) {
        this.postgres =
                ownPostgres.map(PostgresServer::access).or(settings::postgres).orElseThrow();
        this.redisUri = ownRedis.map(RedisServer::uri).or(settings::redisUri).orElseThrow();
        this.isNew = ownPostgres.map(PostgresServer::isNew).orElse(newFolder);
        this.ownPostgres = ownPostgres;
        this.ownRedis = ownRedis;
        ownRedis.map(ServerWatch::over).ifPresent(watches::add);
        ownPostgres.map(ServerWatch::over).ifPresent(watches::add);
    }

    /**
     * Starts what the settings leave to us, both at the same time, and returns when they answer. An external store
     * is not asked anything yet.
     *
     * @param folder stays open for as long as the stores are
     * @throws StoreFailure if one does not start; then neither is left running
     */
    public static Stores open(StoreSettings settings, DataFolder folder) {
        Path programs = settings.programs().orElse(folder.path().resolve("programs"));
        Optional<FutureTask<RedisServer>> redis = settings.redisUri().isPresent()
                ? Optional.empty()
                : Optional.of(begin(() -> RedisServer.start(folder)));
        Optional<PostgresServer> postgres = Optional.empty();
        try {
            if (settings.postgres().isEmpty()) {
                postgres = Optional.of(PostgresServer.start(folder, programs));
            }
            return new Stores(settings, folder.isNew(), postgres, redis.map(Stores::started));
        } catch (RuntimeException e) {
            redis.ifPresent(task -> stopQuietly(task, e));
            postgres.ifPresent(PostgresServer::stop);
            throw e;
        }
    }

    /**
     * Returns when Postgres can be connected to, or refuses us for a reason that waiting does not change; the first use of it
     * says that reason.
     *
     * @throws StoreFailure when it cannot within that time
     */
    public void awaitPostgres(Duration atMost) {
        long startNanos = System.nanoTime();
        long saidNanos = startNanos - WAIT_SAID_EVERY.toNanos();
        while (true) {
            Optional<String> unreachable = unreachable();
            if (unreachable.isEmpty()) {
                return;
            }
            long nowNanos = System.nanoTime();
            if (nowNanos - startNanos >= atMost.toNanos()) {
                throw new StoreFailure("%s cannot be reached within %d s: %s"
                        .formatted(postgres, atMost.toSeconds(), unreachable.get()));
            }
            if (nowNanos - saidNanos >= WAIT_SAID_EVERY.toNanos()) {
                saidNanos = nowNanos;
                log.warn(
                        "Waiting for Postgres, {} of at most {} s: {}",
                        Duration.ofNanos(nowNanos - startNanos).toSeconds(),
                        atMost.toSeconds(),
                        unreachable.get());
            }
            Waiting.pause(CONNECT_AGAIN_MILLIS);
        }
    }

    private Optional<String> unreachable() {
        try {
            DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password())
                    .close();
            return Optional.empty();
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            boolean mayPass = state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
            return mayPass ? Optional.of(String.valueOf(e.getMessage())) : Optional.empty();
        }
    }

    /** The JDBC URL, with timeouts. */
    public String postgresUrl() {
        return postgres.url();
    }

    public String postgresUser() {
        return postgres.user();
    }

    public String postgresPassword() {
        return postgres.password();
    }

    /** The three above in one value. */
    public PostgresAccess postgres() {
        return postgres;
    }

    /** The Redis URI, with its password. */
    public String redisUri() {
        return redisUri;
    }

    /** Whether this is the first start: the database was made just now, or, if it is external, the data folder was. */
    public boolean isNew() {
        return isNew;
    }

    /** Our own Postgres as its superuser; absent if it is external. */
    Optional<PostgresAccess> administrator() {
        return ownPostgres.map(PostgresServer::administrator);
    }

    /** Stops what was started here, the cache before the database it is filled from; closing twice is no error. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watches.forEach(ServerWatch::close);
        try {
            ownRedis.ifPresent(RedisServer::stop);
        } finally {
            ownPostgres.ifPresent(PostgresServer::stop);
        }
    }

    @Override
    public String toString() {
        return "Stores[postgres=" + postgres + ", redis=" + StoreSettings.withoutPassword(redisUri) + "]";
    }

    // A thread of its own: the common pool may have only one, and starting a server blocks.
    private static <T> FutureTask<T> begin(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "redis-start");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static RedisServer started(FutureTask<RedisServer> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreFailure failure) {
                throw failure;
            }
            throw new StoreFailure("Redis cannot be started: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw Waiting.interrupted(e);
        }
    }

    private static void stopQuietly(FutureTask<RedisServer> task, RuntimeException reason) {
        try {
            started(task).stop();
        } catch (StoreFailure e) {
            if (e != reason) {
                reason.addSuppressed(e);
            }
        }
    }
}
