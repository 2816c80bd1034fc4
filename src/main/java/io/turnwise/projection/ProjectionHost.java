package io.turnwise.projection;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.cluster.typed.Cluster;
import akka.projection.Projection;
import akka.projection.ProjectionBehavior;
import akka.projection.ProjectionId;
import akka.projection.jdbc.javadsl.JdbcProjection;
import com.typesafe.config.Config;
import io.turnwise.journal.JournalRow;
import io.turnwise.journal.Outage;
import io.turnwise.journal.SliceSource;
import io.turnwise.journal.Slices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs views: each with so many workers in the whole cluster, each worker with a range of slices and an offset of its own. */
public final class ProjectionHost {

    private static final Logger log = LoggerFactory.getLogger(ProjectionHost.class);

    private final ActorSystem<?> system;
    private final DataSource pool;
    private final Jdbi jdbi;
    private final Executor blocking;
    private final Patience patience;
    private final Duration lookEvery;
    private final SliceSource source;
    private final Outage outage;
    private final List<Slices.Range> ranges;
    private final Duration paceInPostgres;
    private final Duration paceElsewhere;
    private volatile List<View> views = List.of();

    /**
     * Runs no view yet.
     *
     * @param blocking for work that blocks; bounded
     */
    public ProjectionHost(
            ActorSystem<?> system, DataSource pool, SliceSource source, Outage outage, Executor blocking) {
        this.system = system;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.blocking = blocking;
        this.source = source;
        this.outage = outage;
        Config projection = system.settings().config().getConfig("turnwise.projection");
        this.ranges = Slices.ranges(projection.getInt("workers"));
        this.paceInPostgres = projection.getDuration("pace-in-postgres");
        this.paceElsewhere = projection.getDuration("pace-elsewhere");
        this.patience = Patience.of(projection, outage);
        this.lookEvery = projection.getDuration("look-interval");
    }

    /** Starts views; all of a node in one call, or what one of them still carries would not be waited for. */
    public void start(View... more) {
        List<View> all = new ArrayList<>(views);
        all.addAll(List.of(more));
        views = List.copyOf(all);
        for (View view : more) {
            startOne(view);
        }
    }

    /**
     * Whether every view that wants this row has stored what it made of it, and so will not carry anything any more that came before
     * it in the journal; blocking.
     */
    boolean havePassed(JournalRow row) {
        List<View> known = views;
        return !known.isEmpty()
                && jdbi.withHandle(handle ->
                        known.stream().filter(view -> view.wants(row)).allMatch(view -> hasPassed(handle, view, row)));
    }

    private boolean hasPassed(Handle handle, View view, JournalRow row) {
        return Offsets.of(handle, view.name(), slicesOf(row.persistenceId())).compareTo(row.offset()) >= 0
                && !DeadLetters.isParked(handle, view.name(), row.persistenceId())
                && !Rebuilds.isRunning(handle, view.name()); // its shadow may have rows of before
    }

    private void startOne(View view) {
        Daemons.start(
                system,
                ProjectionBehavior.Command.class,
                view.name(),
                ranges.size(),
                worker -> worker(view, ranges.get(worker)),
                Optional.of(ProjectionBehavior.stopMessage()));
    }

    private Behavior<ProjectionBehavior.Command> worker(View view, Slices.Range slices) {
        return ProjectionBehavior.create(projection(view, slices));
    }

    private Projection<Carried> projection(View view, Slices.Range slices) {
        ProjectionId id = ProjectionId.of(view.name(), slices.toString());
        Lease lease = new Lease(
                jdbi,
                view.name(),
                slices,
                Cluster.get(system).selfMember().address().toString());
        Duration pace = view instanceof View.InPostgres ? paceInPostgres : paceElsewhere;
        JournalSource rows = new JournalSource(source, slices, pace, lease, lookEvery, blocking);
        Supplier<PooledSession> sessions = () -> new PooledSession(pool);
        if (view instanceof View.InPostgres inPostgres) {
            return JdbcProjection.groupedWithin(
                            id, rows, sessions, () -> new CarryingInPostgres(inPostgres, lease, patience), system)
                    .withStatusObserver(new FailureLog(outage::explains, failure -> note(lease, failure)));
        }
        View.Elsewhere elsewhere = (View.Elsewhere) view;
        return JdbcProjection.groupedWithinAsync(
                        id,
                        rows,
                        sessions,
                        () -> new CarryingElsewhere(elsewhere, lease, patience, jdbi, blocking),
                        system)
                .withStatusObserver(new FailureLog(
                        failure -> elsewhere.isAway(failure) || outage.explains(failure),
                        failure -> note(lease, failure)));
    }

    /** For operators; where that is not possible either, they see that nothing moves. */
    private void note(Lease lease, Throwable failure) {
        if (outage.explains(failure)) {
            return;
        }
        try {
            blocking.execute(() -> {
                try {
                    lease.failed(failure);
                } catch (JdbiException e) {
                    log.debug("A failure cannot be noted", e);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("A failure is not noted while the node stops", e);
        }
    }

    /** The views that were started here; on every node the same. */
    List<View> views() {
        return views;
    }

    /**
     * A view by name.
     *
     * @throws ProjectionRefusal when there is none
     */
    View view(String name) {
        return views.stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProjectionRefusal(ProjectionRejection.UNKNOWN));
    }

    List<Slices.Range> ranges() {
        return ranges;
    }

    /** The worker that carries this entity. */
    String slicesOf(String persistenceId) {
        return ranges.stream()
                .filter(range -> range.contains(persistenceId))
                .findFirst()
                .orElseThrow()
                .toString();
    }
}
