package io.turnwise.projection;

import com.typesafe.config.Config;
import io.turnwise.journal.JournalReader;
import io.turnwise.journal.JournalRow;
import io.turnwise.projection.DeadLetter.Filter;
import io.turnwise.projection.DeadLetter.Retried;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** What operators see and do of dead letters. Blocking. */
public final class DeadLetterDesk {

    private static final String WANTED =
            " FROM dead_letter WHERE (:projection::text IS NULL OR projection = :projection)"
                    + " AND (:entity::text IS NULL OR persistence_id = :entity) AND (:cause::text IS NULL OR cause = :cause)"
                    + " AND (:since::timestamptz IS NULL OR failed_at >= :since)"
                    + " AND (:until::timestamptz IS NULL OR failed_at < :until)";

    /** Postgres has no times as late as Java's last. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final ProjectionHost host;
    private final Jdbi jdbi;
    private final JournalReader reader;
    private final Patience patience;
    private final int retryRows;
    private final int retryEntitiesMax;

    DeadLetterDesk(ProjectionHost host, Jdbi jdbi, JournalReader reader, Patience patience, Config projection) {
        this.host = host;
        this.jdbi = jdbi;
        this.reader = reader;
        this.patience = patience;
        this.retryRows = projection.getInt("retry-rows");
        this.retryEntitiesMax = projection.getInt("retry-entities-max");
    }

    /** A page, by id. */
    public List<DeadLetter> page(Filter filter, long afterId, int limit) {
        return jdbi.withHandle(handle -> bind(
                        handle.createQuery("SELECT *" + WANTED + " AND id > :after ORDER BY id LIMIT :limit"), filter)
                .bind("after", afterId)
                .bind("limit", limit)
                .map((row, context) -> letter(row))
                .list());
    }

    public long count(Filter filter) {
        return jdbi.withHandle(handle -> bind(handle.createQuery("SELECT count(*)" + WANTED), filter)
                .mapTo(Long.class)
                .one());
    }

    /** How many failed alike, the most first. */
    public List<DeadLetter.Group> groups(Filter filter, int limit) {
        return jdbi.withHandle(handle -> bind(
                        handle.createQuery("SELECT projection, cause, count(*) AS entities, min(failed_at) AS first_at,"
                                + " max(failed_at) AS last_at, min(id) AS example" + WANTED
                                + " GROUP BY projection, cause ORDER BY entities DESC, projection, cause LIMIT :limit"),
                        filter)
                .bind("limit", limit)
                .map((row, context) -> new DeadLetter.Group(
                        row.getString("projection"),
                        row.getString("cause"),
                        row.getLong("entities"),
                        time(row, "first_at"),
                        time(row, "last_at"),
                        row.getLong("example")))
                .list());
    }

    /**
     * Carries what waits of one entity into the view, in order; where a turn fails again, that and what follows goes on waiting.
     *
     * @param isDryRun undoes all of it in the end
     * @throws ProjectionRefusal when there is no such dead letter, or a view elsewhere is to be tried
     */
    public Retried retry(long id, boolean isDryRun, Order order) {
        DeadLetter letter = find(id);
        View view = host.view(letter.projection());
        if (isDryRun && !(view instanceof View.InPostgres)) {
            throw new ProjectionRefusal(ProjectionRejection.NO_DRY_RUN);
        }
        Retrying retrying = new Retrying(jdbi, host, patience, this::rows, retryRows);
        return isDryRun ? retrying.dryRun(letter, view) : retrying.retry(letter, view, 0, "retry", order);
    }

    /** The same for several, at most as many as the settings allow. */
    public List<Retried> retryAll(Filter filter, int limit, boolean isDryRun, Order order) {
        List<Retried> retried = new ArrayList<>();
        for (DeadLetter letter : page(filter, 0, Math.min(limit, retryEntitiesMax))) {
            try {
                retried.add(retry(letter.id(), isDryRun, order));
            } catch (ProjectionRefusal e) {
                if (e.rejection() != ProjectionRejection.UNKNOWN_LETTER) { // somebody else has settled it meanwhile
                    throw e;
                }
            }
        }
        return retried;
    }

    /**
     * Gives up the turn that failed; what waits behind it is carried into the view.
     *
     * @throws ProjectionRefusal when there is none
     */
    public Retried discard(long id, Order order) {
        DeadLetter letter = find(id);
        View view = host.view(letter.projection());
        return new Retrying(jdbi, host, patience, this::rows, retryRows).retry(letter, view, 1, "discard", order);
    }

    /**
     * One.
     *
     * @throws ProjectionRefusal when there is none
     */
    public DeadLetter find(long id) {
        return jdbi.withHandle(handle -> find(handle, id, ""))
                .orElseThrow(() -> new ProjectionRefusal(ProjectionRejection.UNKNOWN_LETTER));
    }

    static Optional<DeadLetter> find(Handle handle, long id, String lock) {
        return handle.createQuery("SELECT * FROM dead_letter WHERE id = :id" + lock)
                .bind("id", id)
                .map((row, context) -> letter(row))
                .findFirst();
    }

    /** Rows of an entity from one sequence number to another, both inclusive. */
    private List<JournalRow> rows(String persistenceId, long from, long to, int limit) {
        List<JournalRow> rows = new ArrayList<>();
        reader.rows(persistenceId, from - 1, row -> {
            if (row.sequenceNumber() <= to) {
                rows.add(row);
            }
            return row.sequenceNumber() < to && rows.size() < limit;
        });
        return rows;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Filter filter) {
        return statement
                .bind("projection", filter.projection())
                .bind("entity", filter.entity())
                .bind("cause", filter.cause())
                .bind("since", offset(filter.since()))
                .bind("until", offset(filter.until()));
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        Instant storable = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LATEST) ? LATEST : time;
        return storable.atOffset(ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        long number = row.getLong("sequence_number");
        return new DeadLetter(
                row.getLong("id"),
                row.getString("projection"),
                row.getString("persistence_id"),
                number,
                row.getLong("version"),
                row.getLong("newest_sequence_number") - number + 1,
                DeadLetter.PROCESSING_ERROR,
                row.getString("cause"),
                row.getString("error"),
                row.getInt("attempts"),
                row.getInt("retries"),
                time(row, "failed_at"),
                time(row, "tried_at"));
    }
}
