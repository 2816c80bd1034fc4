package io.turnwise.projection;

import com.typesafe.config.Config;
import io.turnwise.journal.JournalReader;
import io.turnwise.projection.RebuildStanding.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds of views in Postgres: a shadow is filled from the journal while the view serves, compared, and swapped in. A rebuild runs
 * on the node on which it was started; where that dies it is abandoned, and can be started again.
 */
public final class Rebuilds {

    /** A rebuild that was not heard of for so long is nobody's any more. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

    private static final String RUNNING =
            "state IN ('filling', 'comparing') AND seen_at > now() - interval '" + SILENCE_MAX.toSeconds() + " s'";

    private final ProjectionHost host;
    private final Jdbi jdbi;
    private final JournalReader reader;
    private final Executor blocking;
    private final Patience patience;
    private final int rowsAtOnce;
    private final Semaphore free;

    Rebuilds(
            ProjectionHost host,
            Jdbi jdbi,
            JournalReader reader,
            Executor blocking,
            Patience patience,
            Config projection) {
        this.host = host;
        this.jdbi = jdbi;
        this.reader = reader;
        this.blocking = blocking;
        this.patience = patience;
        this.rowsAtOnce = projection.getInt("rebuild-rows");
        this.free = new Semaphore(projection.getInt("rebuilds-max"));
    }

    /**
     * Starts a rebuild, and returns; {@link RebuildStanding} says how far it is.
     *
     * @param swaps whether the shadow takes the view's place in the end; otherwise the two are only compared
     * @throws ProjectionRefusal when the view has no tables of its own, or is being rebuilt, or there are too many rebuilds
     */
    public void start(String name, boolean swaps, Order order) {
        if (!(host.view(name) instanceof View.InPostgres view) || view.tables().isEmpty()) {
            throw new ProjectionRefusal(ProjectionRejection.CANNOT_EMPTY);
        }
        if (!free.tryAcquire()) {
            throw new ProjectionRefusal(ProjectionRejection.TOO_MANY_REBUILDS);
        }
        boolean runs = false;
        try {
            String id = jdbi.inTransaction(handle -> begin(handle, name, swaps, order));
            Shadow shadow = new Shadow(view);
            Rebuilding rebuilding = new Rebuilding(id, shadow, swaps, host, jdbi, reader, patience, rowsAtOnce);
            blocking.execute(() -> {
                try {
                    rebuilding.run();
                } finally {
                    free.release();
                }
            });
            runs = true;
        } finally {
            if (!runs) {
                free.release();
            }
        }
    }

    private static String begin(Handle handle, String name, boolean swaps, Order order) {
        Actions.begin(handle, name);
        requireNone(handle, name);
        Actions.note(handle, name, swaps ? "rebuild" : "compare", order, null);
        handle.createUpdate("DELETE FROM projection_rebuild WHERE projection = :name")
                .bind("name", name)
                .execute();
        return handle.createQuery("INSERT INTO projection_rebuild (projection, id, state, started_by, reason, swaps)"
                        + " VALUES (:name, gen_random_uuid()::text, 'filling', :by, :reason, :swaps) RETURNING id")
                .bind("name", name)
                .bind("by", order.by())
                .bind("reason", order.reason())
                .bind("swaps", swaps)
                .mapTo(String.class)
                .one();
    }

    /**
     * Stops a rebuild; the view stays as it is.
     *
     * @throws ProjectionRefusal when it is not being rebuilt
     */
    public void cancel(String name, Order order) {
        host.view(name);
        jdbi.useTransaction(handle -> {
            Actions.begin(handle, name);
            int cancelled = handle.createUpdate("UPDATE projection_rebuild SET state = 'cancelled', ended_at = now()"
                            + " WHERE projection = :name AND state IN ('filling', 'comparing')")
                    .bind("name", name)
                    .execute();
            if (cancelled == 0) {
                throw new ProjectionRefusal(ProjectionRejection.NOT_REBUILDING);
            }
            handle.createUpdate("UPDATE projection SET held_until = NULL WHERE name = :name")
                    .bind("name", name)
                    .execute();
            Actions.note(handle, name, "cancel", order, null);
        });
    }

    static void requireNone(Handle handle, String name) {
        if (isRunning(handle, name)) {
            throw new ProjectionRefusal(ProjectionRejection.REBUILDING);
        }
    }

    static boolean isRunning(Handle handle, String name) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT FROM projection_rebuild WHERE projection = :name AND " + RUNNING + ")")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    static Optional<RebuildStanding> standing(Handle handle, String name) {
        return handle.createQuery("SELECT *, " + RUNNING + " AS runs,"
                        + " extract(epoch FROM clock_timestamp() - started_at)::float8 AS elapsed"
                        + " FROM projection_rebuild WHERE projection = :name")
                .bind("name", name)
                .map((row, context) -> standing(row))
                .findFirst();
    }

    private static RebuildStanding standing(ResultSet row) throws SQLException {
        State noted = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        State state = noted.isRunning() && !row.getBoolean("runs") ? State.ABANDONED : noted;
        long done = row.getLong("rows_done");
        long total = Math.max(done, row.getLong("rows_total"));
        @Nullable
        Double left =
                state == State.FILLING && done > 0 ? (Double) (row.getDouble("elapsed") * (total - done) / done) : null;
        Instant startedAt = Objects.requireNonNull(Standings.time(row, "started_at"));
        return new RebuildStanding(
                row.getString("id"),
                state,
                row.getString("started_by"),
                row.getString("reason"),
                row.getBoolean("swaps"),
                startedAt,
                Standings.time(row, "ended_at"),
                done,
                total,
                left,
                row.getObject("only_before", Long.class),
                row.getObject("only_after", Long.class),
                row.getString("error"));
    }
}
