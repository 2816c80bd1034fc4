package io.turnwise.projection;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.projection.Projection;
import akka.projection.ProjectionBehavior;
import akka.projection.ProjectionId;
import akka.projection.javadsl.Handler;
import akka.projection.jdbc.javadsl.JdbcHandler;
import akka.projection.jdbc.javadsl.JdbcProjection;
import com.typesafe.config.Config;
import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.JournalRow;
import io.turnwise.journal.Outage;
import io.turnwise.journal.SliceSource;
import io.turnwise.journal.Slices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Runs views: each with so many workers in the whole cluster, each worker with a range of slices and an offset of its own. */
public final class ProjectionHost {

    private final ActorSystem<?> system;
    private final DataSource pool;
    private final SliceSource source;
    private final Outage outage;
    private final List<Slices.Range> ranges;
    private final Duration paceInPostgres;
    private final Duration paceElsewhere;
    private volatile List<View> views = List.of();

    public ProjectionHost(ActorSystem<?> system, DataSource pool, SliceSource source, Outage outage) {
        this.system = system;
        this.pool = pool;
        this.source = source;
        this.outage = outage;
        Config projection = system.settings().config().getConfig("turnwise.projection");
        this.ranges = Slices.ranges(projection.getInt("workers"));
        this.paceInPostgres = projection.getDuration("pace-in-postgres");
        this.paceElsewhere = projection.getDuration("pace-elsewhere");
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
                && known.stream()
                        .filter(view -> view.wants(row))
                        .allMatch(view -> offset(view, row.persistenceId()).compareTo(row.offset()) >= 0);
    }

    private JournalOffset offset(View view, String persistenceId) {
        Slices.Range slices = ranges.stream()
                .filter(range -> range.contains(persistenceId))
                .findFirst()
                .orElseThrow();
        return Jdbi.create(pool)
                .withHandle(handle -> handle.createQuery("SELECT current_offset FROM akka_projection_offset_store"
                                + " WHERE projection_name = :view AND projection_key = :slices")
                        .bind("view", view.name())
                        .bind("slices", slices.toString())
                        .mapTo(String.class)
                        .findFirst())
                .map(JournalOffset::parse)
                .orElse(JournalOffset.START);
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

    private Projection<JournalRow> projection(View view, Slices.Range slices) {
        ProjectionId id = ProjectionId.of(view.name(), slices.toString());
        JournalSource rows =
                new JournalSource(source, slices, view instanceof View.InPostgres ? paceInPostgres : paceElsewhere);
        Supplier<PooledSession> sessions = () -> new PooledSession(pool);
        if (view instanceof View.InPostgres inPostgres) {
            return JdbcProjection.groupedWithin(id, rows, sessions, () -> handler(inPostgres), system)
                    .withStatusObserver(new FailureLog(outage::explains));
        }
        View.Elsewhere elsewhere = (View.Elsewhere) view;
        return JdbcProjection.groupedWithinAsync(id, rows, sessions, () -> handler(elsewhere), system)
                .withStatusObserver(new FailureLog(failure -> elsewhere.isAway(failure) || outage.explains(failure)));
    }

    private static JdbcHandler<List<JournalRow>, PooledSession> handler(View.InPostgres view) {
        return new JdbcHandler<>() {
            @Override
            public void process(PooledSession session, List<JournalRow> rows) {
                List<JournalRow> wanted = rows.stream().filter(view::wants).toList();
                if (!wanted.isEmpty()) {
                    Jdbi.create(session.connection()).useHandle(handle -> view.apply(handle, wanted));
                }
            }
        };
    }

    private static Handler<List<JournalRow>> handler(View.Elsewhere view) {
        return new Handler<>() {
            @Override
            public CompletionStage<Done> process(List<JournalRow> rows) {
                List<JournalRow> wanted = rows.stream().filter(view::wants).toList();
                return wanted.isEmpty() ? CompletableFuture.completedFuture(Done.done()) : view.apply(wanted);
            }
        };
    }
}
