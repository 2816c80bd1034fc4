package io.turnwise.cluster;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.http.javadsl.ServerBinding;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.turnwise.account.Members;
import io.turnwise.bidding.Demo;
import io.turnwise.http.Endpoint;
import io.turnwise.http.HttpServer;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Tokens;
import io.turnwise.http.feed.EventStreams;
import io.turnwise.journal.JournalReader;
import io.turnwise.journal.Rebase;
import io.turnwise.journal.TurnSerializer;
import io.turnwise.metrics.Metrics;
import io.turnwise.projection.Redis;
import io.turnwise.stores.DataFolder;
import io.turnwise.stores.Migrations;
import io.turnwise.stores.PostgresAccess;
import io.turnwise.stores.Stores;
import io.turnwise.turn.Rejection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** One running node: starts its parts in order, and stops them in the opposite one when the turns in flight are written. */
public final class Node implements AutoCloseable {

    private static final int SECRET_BYTES = 32;
    private static final Duration OPEN_REQUESTS_WAIT = Duration.ofSeconds(5);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
    private static final String JWT_SECRET = "jwt";
    private static final String ADMIN_PASSWORD = "admin-password";

    /** What the entry point tells the user. */
    public record Started(InetSocketAddress address, boolean isNew, boolean adminPasswordGenerated) {}

    private final DataFolder folder;
    private final Stores stores;
    private final Engine engine;
    private final Redis redis;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Started started;

    /** The secret that tokens of a node with these settings are signed with; generated if there is none yet. */
    public static String jwtSecret(NodeSettings settings, DataFolder folder) {
        return settings.jwtSecret().orElseGet(() -> folder.secret(JWT_SECRET, SECRET_BYTES));
    }

    /**
     * Opens the data folder of a node that is about to be started; waits for another one to leave it.
     *
     * @param abandoned whether to wait no longer
     * @throws RuntimeException with a sentence for the user when it cannot be had
     */
    public static DataFolder openFolder(NodeSettings settings, BooleanSupplier abandoned) {
        Duration wait = ConfigFactory.load().getDuration("turnwise.data-folder-wait");
        DataFolder folder = DataFolder.open(settings.dataFolder(), wait, abandoned);
        try {
            requireFree(settings);
            return folder;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Starts a node in a folder that is open already, and returns when it takes bids.
     *
     * @param folder is closed with the node, or when the start fails
     * @throws RuntimeException with a sentence for the user when it cannot; then nothing is left running
     */
    public static Node start(NodeSettings settings, DataFolder folder) {
        return start(settings, folder, ConfigFactory.empty(), InstantSource.system());
    }

    /**
     * The same with other settings than those of a user, and another clock than that of the machine.
     *
     * @param overrides settings before those of {@code application.conf}
     */
    static Node start(NodeSettings settings, DataFolder folder, Config overrides, InstantSource clock) {
        Stores stores = null;
        try {
            stores = Stores.open(settings.stores(), folder);
            stores.awaitPostgres(overrides.withFallback(ConfigFactory.load()).getDuration("turnwise.start-within"));
            Migrations.apply(stores.postgres());
            requireReadable(stores);
            return new Node(settings, folder, stores, overrides.withFallback(settings.overrides()), clock);
        } catch (RuntimeException e) {
            closeAll(stores, folder);
            throw e;
        }
    }

    /** Rows above the server's transactions would hide what is written next from every projection. */
    private static void requireReadable(Stores stores) {
        if (new JournalReader(jdbi(stores), new TurnSerializer(Domains.catalog())).isAheadOfServer()) {
            throw new StartFailure(
                    "The journal holds rows of transactions that this Postgres has not come to yet: it was"
                            + " restored or moved here. Run `turnwise journal rebase` once, then start again.");
        }
    }

    /**
     * Rebases the journal of a node that does not run.
     *
     * @param progress takes the number of rows done so far
     * @return the number of rows changed
     */
    public static long rebaseJournal(NodeSettings settings, LongConsumer progress) {
        DataFolder folder = openFolder(settings, () -> false);
        Stores stores = null;
        try {
            stores = Stores.open(settings.stores(), folder);
            Migrations.apply(stores.postgres());
            return new Rebase(jdbi(stores)).run(progress);
        } finally {
            closeAll(stores, folder);
        }
    }

    private static Jdbi jdbi(Stores stores) {
        PostgresAccess postgres = stores.postgres();
        return Jdbi.create(postgres.url(), postgres.user(), postgres.password());
    }

    private Node(NodeSettings settings, DataFolder folder, Stores stores, Config overrides, InstantSource clock) {
        this.folder = folder;
        this.stores = stores;
        String secret = jwtSecret(settings, folder);
        this.engine = Engine.start(stores.postgres(), Domains.catalog(), secret, clock, overrides);
        this.redis = new Redis(stores.redisUri(), engine.config());
        try {
            this.started = startParts(settings);
        } catch (RuntimeException e) {
            stopEngine();
            throw e;
        }
    }

    private Started startParts(NodeSettings settings) {
        Duration within = engine.config().getDuration("turnwise.start-within");
        engine.awaitUp(within);
        String secret = jwtSecret(settings, folder);
        SecureRandom random = new SecureRandom();
        Tokens tokens = new Tokens(secret, engine.config(), engine.clock());
        EventStreams streams = new EventStreams(engine.config(), engine.clock());
        Readiness readiness = new Readiness(engine);
        Domains domains = new Domains(engine, redis, tokens, secret, streams, random);
        domains.start();
        StoreWatch watch = new StoreWatch(engine, redis);
        watch.start();
        endpoints.addAll(readiness.endpoints());
        endpoints.addAll(domains.endpoints());
        Metrics metrics = new Metrics(domains.meters(), engine.blocking());
        endpoints.addAll(metrics.endpoints());
        ServerBinding binding = bind(new HttpServer(engine.system(), endpoints, tokens), settings);
        addStopTasks(readiness, watch, streams, metrics, binding);
        boolean generated = provideAdmin(settings, domains.members(), within);
        if (settings.wantsDemo(stores.isNew())) {
            Demo.start(engine.system(), domains.sessions(), engine.clock(), random);
        }
        readiness.started();
        return new Started(binding.localAddress(), stores.isNew(), generated);
    }

    /** A password from the settings is applied at every start, a generated one only when there is no admin yet. */
    private boolean provideAdmin(NodeSettings settings, Members members, Duration within) {
        if (settings.adminPassword().isPresent()) {
            String password = settings.adminPassword().get();
            untilAvailable(within, () -> members.ensureAdmin(password));
            return false;
        }
        boolean generated = !folder.hasSecret(ADMIN_PASSWORD);
        String password = folder.secret(ADMIN_PASSWORD, SECRET_BYTES);
        untilAvailable(within, () -> members.provideAdmin(password));
        return generated;
    }

    /** On a busy machine, or while Postgres comes back, the first answers may be that there is none yet. */
    private static void untilAvailable(Duration within, Supplier<CompletableFuture<Void>> step) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                step.get().join();
                return;
            } catch (CompletionException e) {
                boolean unavailable = e.getCause() instanceof ProblemException problem
                        && problem.kind() == Rejection.Kind.UNAVAILABLE;
                if (!unavailable || System.nanoTime() - deadline >= 0) {
                    throw new StartFailure("The administrator cannot be provided: " + e.getCause(), e);
                }
            }
            LockSupport.parkNanos(AGAIN_AFTER.toNanos());
        }
    }

    /** Sooner than the server itself finds out, which is when everything else has been started. */
    private static void requireFree(NodeSettings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.httpHost(), settings.httpPort()));
        } catch (IOException e) {
            throw cannotListen(settings, e);
        }
    }

    private ServerBinding bind(HttpServer server, NodeSettings settings) {
        try {
            return server.bind(engine.system(), settings.httpHost(), settings.httpPort())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw cannotListen(settings, e.getCause() == null ? e : e.getCause());
        }
    }

    private static StartFailure cannotListen(NodeSettings settings, Throwable cause) {
        return new StartFailure(
                "Cannot listen on %s:%d (%s). Set TURNWISE_HTTP_PORT to another port, 0 for any free one, and"
                                .formatted(settings.httpHost(), settings.httpPort(), cause.getMessage())
                        + " TURNWISE_HTTP_HOST to an address of this machine.",
                cause);
    }

    private void addStopTasks(
            Readiness readiness, StoreWatch watch, EventStreams streams, Metrics metrics, ServerBinding binding) {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(engine.system());
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "unbind", () -> {
            readiness.stopping();
            watch.stop();
            streams.close();
            return binding.unbind();
        });
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceRequestsDone(),
                "open-requests",
                () -> binding.terminate(OPEN_REQUESTS_WAIT).thenApply(done -> {
                    metrics.close();
                    return Done.getInstance();
                }));
    }

    public Started started() {
        return started;
    }

    /** All that can be called. */
    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    Engine engine() {
        return engine;
    }

    /** Completes when the node has stopped for whatever reason. */
    public CompletionStage<Done> whenTerminated() {
        return engine.system().getWhenTerminated();
    }

    /** Takes no more requests, finishes the turns in flight, and stops what was started; returns when all is stopped. */
    @Override
    public void close() {
        try {
            stopEngine();
        } finally {
            closeAll(stores, folder);
        }
    }

    private void stopEngine() {
        try {
            CoordinatedShutdown.get(engine.system())
                    .runAll(CoordinatedShutdown.jvmExitReason())
                    .toCompletableFuture()
                    .join();
        } finally {
            redis.close();
            engine.close();
        }
    }

    private static void closeAll(@Nullable Stores stores, DataFolder folder) {
        try {
            if (stores != null) {
                stores.close();
            }
        } finally {
            folder.close();
        }
    }
}
