package io.turnwise.cluster;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.ServerBinding;
import com.typesafe.config.ConfigFactory;
import io.turnwise.account.AccountNames;
import io.turnwise.account.AccountRoutes;
import io.turnwise.account.MemberView;
import io.turnwise.account.Members;
import io.turnwise.account.Passwords;
import io.turnwise.bidding.Bidding;
import io.turnwise.bidding.BiddingNames;
import io.turnwise.bidding.BiddingSessions;
import io.turnwise.bidding.Demo;
import io.turnwise.console.Console;
import io.turnwise.http.Endpoint;
import io.turnwise.http.EventStreams;
import io.turnwise.http.HttpServer;
import io.turnwise.http.Ids;
import io.turnwise.http.Tokens;
import io.turnwise.journal.EventCatalog;
import io.turnwise.projection.AlarmClock;
import io.turnwise.projection.AlarmView;
import io.turnwise.projection.Redis;
import io.turnwise.stores.DataFolder;
import io.turnwise.stores.Migrations;
import io.turnwise.stores.Stores;
import io.turnwise.turn.Mailboxes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** One running node: starts its parts in order, and stops them in the opposite one when the turns in flight are written. */
public final class Node implements AutoCloseable {

    private static final int SECRET_BYTES = 32;
    private static final Duration OPEN_REQUESTS_WAIT = Duration.ofSeconds(5);
    private static final String JWT_SECRET = "jwt";
    private static final String ADMIN_PASSWORD = "admin-password";

    /** What the entry point tells the user. */
    public record Started(InetSocketAddress address, boolean isNew, boolean adminPasswordGenerated) {}

    private final DataFolder folder;
    private final Stores stores;
    private final Engine engine;
    private final Redis redis;
    private final Started started;

    /** The secret that tokens of a node with these settings are signed with; generated if there is none yet. */
    public static String jwtSecret(NodeSettings settings, DataFolder folder) {
        return settings.jwtSecret().orElseGet(() -> folder.secret(JWT_SECRET, SECRET_BYTES));
    }

    /**
     * Opens the data folder of a node that is about to be started; waits for another one to leave it.
     *
     * @throws RuntimeException with a sentence for the user when it cannot be had
     */
    public static DataFolder openFolder(NodeSettings settings) {
        DataFolder folder =
                DataFolder.open(settings.dataFolder(), ConfigFactory.load().getDuration("turnwise.data-folder-wait"));
        try {
            requireFree(settings);
            return folder;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Starts a node and returns when it takes bids.
     *
     * @throws RuntimeException with a sentence for the user when it cannot; then nothing is left running
     */
    public static Node start(NodeSettings settings) {
        return start(settings, openFolder(settings));
    }

    /** The same in a folder that is open already; it is closed with the node, or when the start fails. */
    public static Node start(NodeSettings settings, DataFolder folder) {
        Stores stores = null;
        try {
            stores = Stores.open(settings.stores(), folder);
            Migrations.apply(stores.postgres());
            return new Node(settings, folder, stores);
        } catch (RuntimeException e) {
            if (stores != null) {
                stores.close();
            }
            folder.close();
            throw e;
        }
    }

    private Node(NodeSettings settings, DataFolder folder, Stores stores) {
        this.folder = folder;
        this.stores = stores;
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        this.engine = Engine.start(
                stores.postgres(), EventCatalog.of(AccountNames.ALL, BiddingNames.ALL), clock, ConfigFactory.empty());
        this.redis = new Redis(stores.redisUri(), engine.config());
        try {
            this.started = startParts(settings, clock, random);
        } catch (RuntimeException e) {
            stopEngine();
            throw e;
        }
    }

    private Started startParts(NodeSettings settings, InstantSource clock, SecureRandom random) {
        ActorSystem<Void> system = engine.system();
        String jwtSecret = jwtSecret(settings, folder);
        Tokens tokens = new Tokens(jwtSecret, engine.config(), clock);
        EventStreams streams = new EventStreams(engine.config().getDuration("turnwise.http.heartbeat"));

        Mailboxes<?> memberMailboxes;
        var members = engine.mailboxes(Members.definition());
        memberMailboxes = members;
        Members accounts = new Members(members, new Passwords(engine.config()), random, jwtSecret);
        var sessionMailboxes = engine.mailboxes(BiddingSessions.DEFINITION);
        BiddingSessions sessions = new BiddingSessions(sessionMailboxes);
        Bidding bidding = new Bidding(
                system,
                sessions,
                engine.replay(),
                engine.jdbi(),
                redis,
                engine.blocking(),
                clock,
                new Ids(random),
                streams);
        Readiness readiness = new Readiness(engine);

        engine.projections().start(new AlarmView());
        engine.projections().start(new MemberView());
        bidding.views().forEach(engine.projections()::start);
        bidding.start();
        Map<String, Mailboxes<?>> byType = Map.of(
                Members.definition().type(), memberMailboxes, BiddingSessions.DEFINITION.type(), sessionMailboxes);
        AlarmClock.start(system, engine.jdbi(), engine.blocking(), clock, pid -> wake(byType, pid));

        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(readiness.endpoints());
        endpoints.addAll(Console.endpoints());
        endpoints.addAll(new AccountRoutes(accounts, tokens, engine.jdbi(), engine.blocking()).endpoints());
        endpoints.addAll(bidding.endpoints());
        ServerBinding binding = bind(new HttpServer(system, endpoints, tokens), settings);
        addStopTasks(system, readiness, streams, binding);

        boolean generated = settings.adminPassword().isEmpty()
                && !folder.path()
                        .resolve("secrets")
                        .resolve(ADMIN_PASSWORD)
                        .toFile()
                        .exists();
        accounts.ensureAdmin(settings.adminPassword().orElseGet(() -> folder.secret(ADMIN_PASSWORD, SECRET_BYTES)))
                .join();
        if (settings.demo().orElse(stores.isNew())) {
            Demo.start(system, sessions, clock, random);
        }
        readiness.started();
        return new Started(binding.localAddress(), stores.isNew(), generated);
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

    private static void wake(Map<String, Mailboxes<?>> byType, String persistenceId) {
        int bar = persistenceId.indexOf('|');
        Mailboxes<?> mailboxes = byType.get(persistenceId.substring(0, bar));
        if (mailboxes != null) {
            mailboxes.wake(persistenceId.substring(bar + 1));
        }
    }

    private static void addStopTasks(
            ActorSystem<Void> system, Readiness readiness, EventStreams streams, ServerBinding binding) {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "unbind", () -> {
            readiness.stopping();
            streams.close();
            return binding.unbind();
        });
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceRequestsDone(),
                "open-requests",
                () -> binding.terminate(OPEN_REQUESTS_WAIT).thenApply(done -> Done.getInstance()));
    }

    public Started started() {
        return started;
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
            try {
                stores.close();
            } finally {
                folder.close();
            }
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
}
