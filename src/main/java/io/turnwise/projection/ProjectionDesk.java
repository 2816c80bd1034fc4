package io.turnwise.projection;

import com.typesafe.config.Config;
import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.JournalReader;
import io.turnwise.journal.Outage;
import io.turnwise.journal.Slices;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What operators see and do of projections. All of it is in the database: it holds on every node, from the moment it is
 * committed, and after a restart. Blocking.
 */
public final class ProjectionDesk {

    private final ProjectionHost host;
    private final Jdbi jdbi;
    private final Standings standings;
    private final DeadLetterDesk deadLetters;
    private final Rebuilds rebuilds;

    /**
     * Of the views that the host runs.
     *
     * @param blocking where rebuilds run
     */
    public ProjectionDesk(
            ProjectionHost host, Jdbi jdbi, JournalReader reader, Executor blocking, Outage outage, Config config) {
        Config projection = config.getConfig("turnwise.projection");
        this.host = host;
        this.jdbi = jdbi;
        this.standings = new Standings(projection);
        this.deadLetters = new DeadLetterDesk(host, jdbi, reader, Patience.of(projection, outage), projection);
        this.rebuilds = new Rebuilds(host, jdbi, reader, blocking, Patience.of(projection, outage), projection);
    }

    public DeadLetterDesk deadLetters() {
        return deadLetters;
    }

    public Rebuilds rebuilds() {
        return rebuilds;
    }

    public List<ProjectionStanding> all() {
        return jdbi.withHandle(handle -> host.views().stream()
                .map(view -> standings.of(handle, view, host.ranges(), false))
                .toList());
    }

    /**
     * How one stands, with what operators did lately.
     *
     * @throws ProjectionRefusal when there is none of this name
     */
    public ProjectionStanding one(String name) {
        View view = host.view(name);
        return jdbi.withHandle(handle -> standings.of(handle, view, host.ranges(), true));
    }

    /** Returns when the batches under way are stored; from then on there are none. */
    public ProjectionStanding pause(String name, Order order) {
        return decide(name, "pause", order, handle -> setPaused(handle, name, true));
    }

    public ProjectionStanding resume(String name, Order order) {
        return decide(name, "resume", order, handle -> setPaused(handle, name, false));
    }

    /**
     * Empties the view and has it filled from the start of the journal; until then it is incomplete. A view elsewhere is not emptied: it
     * gets all rows again.
     *
     * @throws ProjectionRefusal when what it has done cannot be undone, or it is being rebuilt
     */
    public ProjectionStanding reset(String name, Order order) {
        View view = host.view(name);
        if (view instanceof View.InPostgres inPostgres && inPostgres.tables().isEmpty()) {
            throw new ProjectionRefusal(ProjectionRejection.CANNOT_EMPTY);
        }
        return decide(name, "reset", order, handle -> {
            Rebuilds.requireNone(handle, name);
            handle.createUpdate(
                            "UPDATE projection_worker SET epoch = epoch + 1, restart = true WHERE projection = :name")
                    .bind("name", name)
                    .execute();
            host.ranges().forEach(range -> Offsets.forget(handle, name, range.toString()));
            handle.createUpdate("DELETE FROM dead_letter WHERE projection = :name")
                    .bind("name", name)
                    .execute();
            if (view instanceof View.InPostgres inPostgres) {
                handle.execute("TRUNCATE " + String.join(", ", inPostgres.tables()));
            }
            return null;
        });
    }

    /**
     * Passes over the next row of one worker, which may be one that cannot even be read.
     *
     * @throws ProjectionRefusal when the projection runs, there is no such worker, or nothing to pass over
     */
    public ProjectionStanding skip(String name, String slices, Order order) {
        host.view(name);
        Slices.Range range = host.ranges().stream()
                .filter(each -> each.toString().equals(slices))
                .findFirst()
                .orElseThrow(() -> new ProjectionRefusal(ProjectionRejection.UNKNOWN_SLICES));
        return decide(name, "skip", order, handle -> {
            boolean isPaused = handle.createQuery("SELECT paused FROM projection WHERE name = :name")
                    .bind("name", name)
                    .mapTo(Boolean.class)
                    .one();
            if (!isPaused) {
                throw new ProjectionRefusal(ProjectionRejection.NOT_PAUSED);
            }
            Next next = next(handle, Offsets.of(handle, name, slices), range)
                    .orElseThrow(() -> new ProjectionRefusal(ProjectionRejection.NOTHING_TO_SKIP));
            Offsets.set(handle, name, slices, next.offset());
            handle.createUpdate("UPDATE projection_worker SET epoch = epoch + 1"
                            + " WHERE projection = :name AND slices = :slices")
                    .bind("name", name)
                    .bind("slices", slices)
                    .execute();
            return next.persistenceId() + " row " + next.sequenceNumber();
        });
    }

    private record Next(JournalOffset offset, String persistenceId, long sequenceNumber) {}

    /** Without its payload, which may be what is wrong with it. */
    private static Optional<Next> next(Handle handle, JournalOffset after, Slices.Range range) {
        return handle.createQuery("SELECT tx_id::text::bigint AS tx, ordering, persistence_id, sequence_number"
                        + " FROM event_journal WHERE (tx_id, ordering) > (:tx::text::xid8, :ordering)"
                        + " AND tx_id < pg_snapshot_xmin(pg_current_snapshot()) AND slice BETWEEN :first AND :last"
                        + " ORDER BY tx_id, ordering LIMIT 1")
                .bind("tx", Long.toString(after.txId()))
                .bind("ordering", after.ordering())
                .bind("first", range.first())
                .bind("last", range.last())
                .map((row, context) -> new Next(
                        new JournalOffset(row.getLong("tx"), row.getLong("ordering")),
                        row.getString("persistence_id"),
                        row.getLong("sequence_number")))
                .findFirst();
    }

    private static @Nullable String setPaused(Handle handle, String name, boolean isPaused) {
        handle.createUpdate("UPDATE projection SET paused = :paused WHERE name = :name")
                .bind("paused", isPaused)
                .bind("name", name)
                .execute();
        return null;
    }

    /** What is done within it, and what the log says of it besides. */
    @FunctionalInterface
    private interface Step {
        @Nullable
        String take(Handle handle);
    }

    private ProjectionStanding decide(String name, String action, Order order, Step step) {
        host.view(name);
        jdbi.useTransaction(handle -> {
            Actions.begin(handle, name);
            Actions.note(handle, name, action, order, step.take(handle));
        });
        return one(name);
    }
}
