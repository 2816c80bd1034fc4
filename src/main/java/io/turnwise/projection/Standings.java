package io.turnwise.projection;

import com.typesafe.config.Config;
import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.Slices;
import io.turnwise.projection.ProjectionStanding.State;
import io.turnwise.projection.ProjectionStanding.Worker;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads from the database alone how projections stand: journal, offsets, and what workers and operators have noted. */
final class Standings {

    private static final int ACTIONS_SHOWN = 20;

    private final int lagRowsMax;
    private final Duration stuckAfter;

    Standings(Config projection) {
        this.lagRowsMax = projection.getInt("lag-rows-max");
        this.stuckAfter = projection.getDuration("stuck-after");
    }

    /**
     * How far a worker is behind.
     *
     * @param isAtLeast not all that follows was looked through
     * @param oldestMillis when the oldest row that it has yet to read was written; 0 if there is none
     */
    private record Lag(long turns, boolean isAtLeast, long oldestMillis) {

        double seconds(Instant now) {
            return oldestMillis == 0 ? 0 : Math.max(0, now.toEpochMilli() - oldestMillis) / 1000.0;
        }
    }

    private record Noted(
            long epoch,
            @Nullable String owner,
            @Nullable Instant claimedAt,
            @Nullable String error,
            @Nullable Instant failedAt) {}

    ProjectionStanding of(Handle handle, View view, List<Slices.Range> ranges, boolean withActions) {
        String name = view.name();
        Instant now = handle.createQuery("SELECT clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
        boolean isPaused = handle.createQuery("SELECT paused FROM projection WHERE name = :name")
                .bind("name", name)
                .mapTo(Boolean.class)
                .findFirst()
                .orElse(false);
        List<Worker> workers = ranges.stream()
                .map(range -> worker(handle, name, range, isPaused, now))
                .toList();
        long deadLetters = handle.createQuery("SELECT count(*) FROM dead_letter WHERE projection = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .one();
        return new ProjectionStanding(
                name,
                view instanceof View.InPostgres ? "postgres" : "elsewhere",
                workers.stream()
                        .map(Worker::state)
                        .max(Comparator.naturalOrder())
                        .orElse(State.RUNNING),
                workers.stream().mapToLong(Worker::lagTurns).sum(),
                workers.stream().anyMatch(Worker::lagIsAtLeast),
                workers.stream().mapToDouble(Worker::lagSeconds).max().orElse(0),
                deadLetters,
                workers,
                Rebuilds.standing(handle, name).orElse(null),
                withActions ? Actions.newest(handle, name, ACTIONS_SHOWN) : null);
    }

    private Worker worker(Handle handle, String name, Slices.Range range, boolean isPaused, Instant now) {
        Optional<Offsets.Stored> stored = Offsets.find(handle, name, range.toString());
        Noted noted = noted(handle, name, range);
        Lag lag = lag(handle, stored.map(Offsets.Stored::offset).orElse(JournalOffset.START), range);
        @Nullable Instant movedAt = stored.map(Offsets.Stored::movedAt).orElse(null);
        return new Worker(
                range.toString(),
                state(noted, lag, movedAt, isPaused, now),
                noted.epoch(),
                noted.owner(),
                noted.claimedAt(),
                stored.map(each -> each.offset().toString()).orElse(null),
                movedAt,
                lag.turns(),
                lag.isAtLeast(),
                lag.seconds(now),
                noted.error(),
                noted.failedAt());
    }

    private State state(Noted noted, Lag lag, @Nullable Instant movedAt, boolean isPaused, Instant now) {
        if (isPaused) {
            return State.PAUSED;
        }
        if (noted.error() != null) {
            return State.FAILED;
        }
        Instant longAgo = now.minus(stuckAfter);
        boolean waits = lag.oldestMillis() != 0 && lag.oldestMillis() < longAgo.toEpochMilli();
        boolean hasMoved = isAfter(movedAt, longAgo) || isAfter(noted.claimedAt(), longAgo);
        return waits && !hasMoved ? State.STUCK : State.RUNNING;
    }

    private static boolean isAfter(@Nullable Instant time, Instant than) {
        return time != null && time.isAfter(than);
    }

    private Noted noted(Handle handle, String name, Slices.Range range) {
        return handle.createQuery("SELECT epoch, owner, claimed_at, error, failed_at FROM projection_worker"
                        + " WHERE projection = :name AND slices = :slices")
                .bind("name", name)
                .bind("slices", range.toString())
                .map((row, context) -> new Noted(
                        row.getLong("epoch"),
                        row.getString("owner"),
                        time(row, "claimed_at"),
                        row.getString("error"),
                        time(row, "failed_at")))
                .findFirst()
                .orElse(new Noted(0, null, null, null, null));
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private Lag lag(Handle handle, JournalOffset after, Slices.Range range) {
        Lag near = handle.createQuery("SELECT count(*) FILTER (WHERE ours) AS turns, count(*) AS seen,"
                        + " coalesce(min(write_timestamp) FILTER (WHERE ours), 0) AS oldest"
                        + " FROM (SELECT slice BETWEEN :first AND :last AS ours, write_timestamp FROM event_journal"
                        + " WHERE (tx_id, ordering) > (:tx::text::xid8, :ordering)"
                        + " ORDER BY tx_id, ordering LIMIT :limit) following")
                .bind("first", range.first())
                .bind("last", range.last())
                .bind("tx", Long.toString(after.txId()))
                .bind("ordering", after.ordering())
                .bind("limit", lagRowsMax)
                .map((row, context) ->
                        new Lag(row.getLong("turns"), row.getLong("seen") >= lagRowsMax, row.getLong("oldest")))
                .one();
        return near.isAtLeast() && near.turns() == 0 ? far(handle, after, range) : near;
    }

    /** All that is near is of other slices: whether anything of these follows at all. */
    private static Lag far(Handle handle, JournalOffset after, Slices.Range range) {
        return handle.createQuery("SELECT write_timestamp FROM event_journal"
                        + " WHERE (tx_id, ordering) > (:tx::text::xid8, :ordering) AND slice BETWEEN :first AND :last"
                        + " ORDER BY tx_id, ordering LIMIT 1")
                .bind("first", range.first())
                .bind("last", range.last())
                .bind("tx", Long.toString(after.txId()))
                .bind("ordering", after.ordering())
                .mapTo(Long.class)
                .findFirst()
                .map(oldest -> new Lag(1, true, oldest))
                .orElse(new Lag(0, false, 0));
    }
}
