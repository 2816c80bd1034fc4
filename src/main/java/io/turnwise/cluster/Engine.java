package io.turnwise.cluster;

import akka.Done;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.serialization.SerializationSetup;
import akka.serialization.SerializerDetails;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.turnwise.journal.ContentHash;
import io.turnwise.journal.EventCatalog;
import io.turnwise.journal.JournalReader;
import io.turnwise.journal.JournalSignal;
import io.turnwise.journal.Outage;
import io.turnwise.journal.ReadableJournal;
import io.turnwise.journal.Replay;
import io.turnwise.journal.SliceSource;
import io.turnwise.journal.Snapshots;
import io.turnwise.journal.TurnSerializer;
import io.turnwise.projection.Erasures;
import io.turnwise.projection.ProjectionHost;
import io.turnwise.stores.PostgresAccess;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Mailboxes;
import io.turnwise.turn.TurnEntity;
import io.turnwise.turn.TurnSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;

/** What runs under all domains: the actor system, the journal's read side and the pools, on one Postgres. */
public final class Engine {

    private final ActorSystem<Void> system;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Executor blocking;
    private final Replay replay;
    private final ReadableJournal readable;
    private final Snapshots snapshots;
    private final ContentHash contentHash;
    private final TurnEntity.Surroundings surroundings;
    private final ProjectionHost projections;
    private final Outage outage = Outage.ofPostgres();

    /**
     * Starts the actor system and joins the cluster of this node alone.
     *
     * @param catalog the names of all domains that will run on it
     * @param secret by which nodes of one cluster recognise who was erased; not stored
     * @param overrides settings before those of {@code application.conf}
     */
    public static Engine start(
            PostgresAccess postgres, EventCatalog catalog, String secret, InstantSource clock, Config overrides) {
        Config config = overrides
                .withFallback(ConfigFactory.parseMap(Map.of(
                        "akka-persistence-jdbc.shared-databases.slick.db.url", postgres.url(),
                        "akka-persistence-jdbc.shared-databases.slick.db.user", postgres.user(),
                        "akka-persistence-jdbc.shared-databases.slick.db.password", postgres.password())))
                .withFallback(ConfigFactory.load());
        SerializationSetup serialization = SerializationSetup.create(classic -> List.of(
                SerializerDetails.create("turns", new TurnSerializer(catalog, classic), TurnSerializer.BINDINGS)));
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(), "turnwise", ActorSystemSetup.create(BootstrapSetup.create(config), serialization));
        Engine engine = new Engine(system, postgres, catalog, secret, clock);
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        return engine;
    }

    private Engine(
            ActorSystem<Void> system,
            PostgresAccess postgres,
            EventCatalog catalog,
            String secret,
            InstantSource clock) {
        Config config = system.settings().config();
        this.system = system;
        this.pool = new HikariDataSource(pool(postgres, config));
        this.jdbi = Jdbi.create(pool);
        this.blocking = system.dispatchers().lookup(DispatcherSelector.fromConfig("turnwise.blocking-dispatcher"));
        TurnSettings settings = TurnSettings.of(config);
        TurnSerializer serializer = new TurnSerializer(catalog);
        JournalReader reader = new JournalReader(jdbi, serializer);
        JournalSignal signal = new JournalSignal();
        this.snapshots =
                new Snapshots(jdbi, blocking, serializer, clock, config.getInt("turnwise.turn.snapshots-kept"), outage);
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseServiceUnbind(), "store-no-more-snapshots", () -> {
                    snapshots.close();
                    return CompletableFuture.completedFuture(Done.getInstance());
                });
        this.replay = new Replay(reader, settings);
        this.readable = new ReadableJournal(reader, catalog);
        this.contentHash = new ContentHash(catalog);
        this.projections = new ProjectionHost(
                system, pool, new SliceSource(reader, signal, SliceSource.Settings.of(config), blocking), outage);
        Erasures erasures = new Erasures(jdbi, blocking, reader, projections, secret);
        this.surroundings =
                new TurnEntity.Surroundings(settings, clock, signal::rowWritten, snapshots, erasures, outage::explains);
    }

    private static HikariConfig pool(PostgresAccess postgres, Config config) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("reads");
        pool.setJdbcUrl(postgres.url());
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(config.getInt("turnwise.projection.pool"));
        pool.setConnectionTimeout(
                config.getDuration("turnwise.projection.pool-timeout").toMillis());
        pool.setValidationTimeout(1000);
        // A view and its offset are one transaction: what a crash of Postgres forgets of them is simply done again.
        pool.setConnectionInitSql("SET synchronous_commit = off");
        pool.setInitializationFailTimeout(-1); // a node may start before its Postgres; it is then not ready
        return pool;
    }

    /**
     * Returns when this node is up in its cluster. Kinds of entities that were started sooner would hand their shards about.
     *
     * @throws StartFailure when it is not up by then
     */
    void awaitUp(Duration atMost) {
        CompletableFuture<Done> up = new CompletableFuture<>();
        akka.cluster.Cluster.get(system).registerOnMemberUp(() -> up.complete(Done.getInstance()));
        try {
            up.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StartFailure(
                    "This node has not joined its cluster within " + atMost.toSeconds() + " s; the log says why.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while joining the cluster.", e);
        }
    }

    /** The mailboxes of one kind of entity; once per kind. */
    public <S> Mailboxes<S> mailboxes(Definition<S> definition) {
        return new Mailboxes<>(system, definition, surroundings, contentHash::of);
    }

    public ActorSystem<Void> system() {
        return system;
    }

    public Config config() {
        return system.settings().config();
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    /** For work that blocks; bounded. */
    public Executor blocking() {
        return blocking;
    }

    /** Whether the journal is away. */
    public Outage outage() {
        return outage;
    }

    public InstantSource clock() {
        return surroundings.clock();
    }

    public Replay replay() {
        return replay;
    }

    /** The journal for people. */
    public ReadableJournal readable() {
        return readable;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public ProjectionHost projections() {
        return projections;
    }

    /** Closes the pool; to be called when the actor system has terminated. */
    public void close() {
        pool.close();
    }
}
