package io.turnwise.journal;

import io.turnwise.turn.Held;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;

/** Reads journal and snapshots; blocking, for callers on a dispatcher of their own. */
public final class JournalReader {

    private static final String COLUMNS =
            "tx_id::text::bigint AS tx, ordering, persistence_id, sequence_number, write_timestamp, event_payload";

    private final Jdbi jdbi;
    private final TurnSerializer serializer;

    public JournalReader(Jdbi jdbi, TurnSerializer serializer) {
        this.jdbi = jdbi;
        this.serializer = serializer;
    }

    /**
     * Rows of a range of slices.
     *
     * @param reached where the next page begins; beyond the last row where those that follow are of other slices, so that nobody
     *     looks through them again and again. It is always that of a row: a number of a mere transaction may come again after a
     *     crash of Postgres
     */
    public record Page(List<JournalRow> rows, JournalOffset reached) {}

    /**
     * The next rows after {@code after}, complete and in their final order.
     *
     * <p>Only rows below the oldest transaction that still runs: whatever will be committed later comes after them. So there
     * are no gaps to wait for, and none to fall into.
     */
    public Page page(Slices.Range slices, JournalOffset after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT newest_tx, newest_ordering, turn.*"
                        + " FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS below) horizon"
                        + " LEFT JOIN LATERAL (SELECT tx_id::text::bigint AS newest_tx, ordering AS newest_ordering"
                        + " FROM event_journal WHERE tx_id < below ORDER BY tx_id DESC, ordering DESC LIMIT 1) newest ON true"
                        + " LEFT JOIN LATERAL (SELECT " + COLUMNS
                        + " FROM event_journal WHERE (tx_id, ordering) > (:tx::text::xid8, :ordering)"
                        + " AND tx_id < below AND slice BETWEEN :first AND :last"
                        + " ORDER BY tx_id, ordering LIMIT :limit) turn ON true ORDER BY turn.tx, turn.ordering")
                .bind("tx", Long.toString(after.txId()))
                .bind("ordering", after.ordering())
                .bind("first", slices.first())
                .bind("last", slices.last())
                .bind("limit", limit)
                .scanResultSet((results, context) -> {
                    try (ResultSet found = results.get()) {
                        return page(found, after, limit);
                    }
                }));
    }

    private Page page(ResultSet found, JournalOffset after, int limit) throws SQLException {
        List<JournalRow> rows = new ArrayList<>();
        JournalOffset newest = after;
        while (found.next()) {
            newest = new JournalOffset(found.getLong("newest_tx"), found.getLong("newest_ordering"));
            if (found.getString("persistence_id") != null) {
                rows.add(row(found));
            }
        }
        JournalOffset last = rows.isEmpty() ? after : rows.get(rows.size() - 1).offset();
        return new Page(rows, rows.size() < limit && newest.compareTo(last) > 0 ? newest : last);
    }

    /**
     * Whether rows were written under transaction ids that this server has not come to yet: after a restore, or a move to
     * another server. What is written from now on would come before them, and readers past them would never see it.
     */
    public boolean isAheadOfServer() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT coalesce((SELECT tx_id FROM event_journal"
                                + " ORDER BY tx_id DESC, ordering DESC LIMIT 1) >= pg_snapshot_xmax(pg_current_snapshot()), false)")
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Hands the rows of one entity after {@code sequenceNumber} to {@code consumer}, in order, a few at a time.
     *
     * @param consumer returns false when it has had enough
     */
    public void rows(String persistenceId, long afterSequenceNumber, Predicate<JournalRow> consumer) {
        jdbi.useTransaction(handle -> {
            try (ResultIterator<JournalRow> rows = handle.createQuery("SELECT " + COLUMNS
                            + " FROM event_journal WHERE persistence_id = :pid AND sequence_number > :after"
                            + " ORDER BY sequence_number")
                    .bind("pid", persistenceId)
                    .bind("after", afterSequenceNumber)
                    .setFetchSize(200)
                    .map((row, context) -> row(row))
                    .iterator()) {
                boolean more = true;
                while (more && rows.hasNext()) {
                    more = consumer.test(rows.next());
                }
            }
        });
    }

    /** The newest row of one entity. */
    public Optional<JournalRow> lastRow(String persistenceId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS
                        + " FROM event_journal WHERE persistence_id = :pid ORDER BY sequence_number DESC LIMIT 1")
                .bind("pid", persistenceId)
                .map((row, context) -> row(row))
                .findFirst());
    }

    /** A stored snapshot and the row it follows. */
    record StoredSnapshot(long sequenceNumber, Held.Snapshot snapshot) {}

    /** The newest snapshot that holds nothing past {@code until}. */
    Optional<StoredSnapshot> newestSnapshot(String persistenceId, Until until) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT sequence_number, snapshot_ser_manifest, snapshot_payload FROM snapshot"
                                + " WHERE persistence_id = :pid AND version <= :version AND at_millis <= :at"
                                + " ORDER BY sequence_number DESC LIMIT 1")
                .bind("pid", persistenceId)
                .bind("version", until.version())
                .bind("at", until.atMillis())
                .map((row, context) ->
                        new StoredSnapshot(row.getLong("sequence_number"), (Held.Snapshot) serializer.fromBinary(
                                row.getBytes("snapshot_payload"), row.getString("snapshot_ser_manifest"))))
                .findFirst());
    }

    /**
     * The last row of an entity that begins early enough; 0 if there is none. Looks at few rows, and at their beginnings only.
     *
     * @param isEarly true for some rows from the first on, and then for no others
     */
    long lastRow(String persistenceId, Predicate<TurnStart> isEarly) {
        return jdbi.withHandle(handle -> {
            long found = 0;
            long above = 1
                    + handle.createQuery("SELECT coalesce(max(sequence_number), 0) FROM event_journal"
                                    + " WHERE persistence_id = :pid")
                            .bind("pid", persistenceId)
                            .mapTo(Long.class)
                            .one();
            while (found + 1 < above) {
                long middle = found + (above - found) / 2;
                Map.Entry<Long, TurnStart> row = start(handle, persistenceId, middle);
                if (row.getKey() < above && isEarly.test(row.getValue())) {
                    found = row.getKey();
                } else {
                    above = middle;
                }
            }
            return found;
        });
    }

    /** Of the first row that is there from {@code sequenceNumber} on. */
    private Map.Entry<Long, TurnStart> start(Handle handle, String persistenceId, long sequenceNumber) {
        return handle.createQuery(
                        "SELECT sequence_number, substring(event_payload FOR " + TurnStart.BYTES + ") AS start"
                                + " FROM event_journal WHERE persistence_id = :pid AND sequence_number >= :number"
                                + " ORDER BY sequence_number LIMIT 1")
                .bind("pid", persistenceId)
                .bind("number", sequenceNumber)
                .map((row, context) -> Map.entry(row.getLong("sequence_number"), TurnStart.read(row.getBytes("start"))))
                .one();
    }

    private JournalRow row(ResultSet row) throws SQLException {
        return new JournalRow(
                new JournalOffset(row.getLong("tx"), row.getLong("ordering")),
                row.getString("persistence_id"),
                row.getLong("sequence_number"),
                row.getLong("write_timestamp"),
                row.getBytes("event_payload"),
                serializer);
    }
}
