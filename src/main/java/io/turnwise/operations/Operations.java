package io.turnwise.operations;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.turnwise.http.Endpoint;
import io.turnwise.journal.Outage;
import io.turnwise.journal.ReadableJournal;
import io.turnwise.journal.Replay;
import io.turnwise.journal.SnapshotShelf;
import io.turnwise.journal.Snapshots;
import io.turnwise.turn.Definition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

/** What operators can call, and what is done for them from time to time. */
public final class Operations {

    /** The journal and what reads it. */
    public record Journal(
            Replay replay, ReadableJournal readable, Snapshots snapshots, SnapshotShelf shelf, Outage outage) {}

    private final ActorSystem<?> system;
    private final Executor blocking;
    private final Config config;
    private final SnapshotCleaning cleaning;
    private final List<Endpoint> endpoints = new ArrayList<>();

    /**
     * Puts them together.
     *
     * @param definitions of all kinds of entities of this node
     * @param blocking for work that blocks; bounded
     */
    public Operations(
            ActorSystem<?> system,
            Collection<Definition<?>> definitions,
            Journal journal,
            Executor blocking,
            InstantSource clock) {
        this.system = system;
        this.blocking = blocking;
        this.config = system.settings().config();
        Config operations = config.getConfig("turnwise.operations");
        Duration keptFor = operations.getDuration("snapshots-kept-for");
        Kinds kinds = new Kinds(definitions);
        Readings readings = new Readings(blocking, config);
        TimeTravel travel = new TimeTravel(
                journal.replay(),
                journal.readable(),
                operations.getInt("rows-per-page-max"),
                operations.getInt("elements-max"));
        this.cleaning = new SnapshotCleaning(journal.shelf(), clock, journal.outage(), keptFor);
        endpoints.addAll(new EntityRoutes(kinds, travel, readings).endpoints());
        endpoints.addAll(new SnapshotRoutes(
                        kinds, journal.replay(), journal.snapshots(), journal.shelf(), readings, clock, keptFor)
                .endpoints());
    }

    /** Starts what is done from time to time. */
    public void start() {
        cleaning.start(system, blocking, config);
    }

    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }
}
