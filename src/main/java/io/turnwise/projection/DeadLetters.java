package io.turnwise.projection;

import io.turnwise.journal.JournalRow;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The entities whose turns a view could not take, as its workers see them: table {@code dead_letter}. */
final class DeadLetters {

    /**
     * A row that failed, and why.
     *
     * @param newestSequenceNumber of the rows of its entity that were to be carried with it
     */
    record Failed(JournalRow row, long newestSequenceNumber, Throwable failure) {}

    private DeadLetters() {}

    /**
     * The rows of entities that are not parked. Of those that are, the rows wait where they are, in the journal, and it is
     * noted up to which.
     */
    static List<JournalRow> passing(Handle handle, String projection, List<JournalRow> rows) {
        Set<String> parked = parked(handle, projection, rows);
        if (parked.isEmpty()) {
            return rows;
        }
        Map<String, JournalRow> newest = rows.stream()
                .filter(row -> parked.contains(row.persistenceId()))
                .collect(Collectors.toMap(JournalRow::persistenceId, Function.identity(), (earlier, later) -> later));
        newest.forEach((pid, row) -> handle.createUpdate("UPDATE dead_letter"
                        + " SET newest_sequence_number = greatest(newest_sequence_number, :newest)"
                        + " WHERE projection = :projection AND persistence_id = :pid")
                .bind("newest", row.sequenceNumber())
                .bind("projection", projection)
                .bind("pid", pid)
                .execute());
        return rows.stream()
                .filter(row -> !parked.contains(row.persistenceId()))
                .toList();
    }

    private static Set<String> parked(Handle handle, String projection, Collection<JournalRow> rows) {
        if (rows.isEmpty()) {
            return Set.of();
        }
        // no persistence id has a line break
        String ids = rows.stream().map(JournalRow::persistenceId).distinct().collect(Collectors.joining("\n"));
        return new HashSet<>(handle.createQuery("SELECT persistence_id FROM dead_letter"
                        + " WHERE projection = :projection AND persistence_id = ANY(string_to_array(:ids, chr(10)))")
                .bind("projection", projection)
                .bind("ids", ids)
                .mapTo(String.class)
                .list());
    }

    /**
     * Parks an entity from this row on.
     *
     * @param entitiesMax more than so many are not parked: a view that cannot take any entity is itself at fault
     */
    static void park(Handle handle, String projection, Failed failed, int attempts, int entitiesMax) {
        long parked = handle.createQuery("SELECT count(*) FROM dead_letter WHERE projection = :projection")
                .bind("projection", projection)
                .mapTo(Long.class)
                .one();
        if (parked >= entitiesMax) {
            throw new IllegalStateException(
                    projection + " has parked as many entities as it may, and yet another one failed",
                    failed.failure());
        }
        JournalRow row = failed.row();
        handle.createUpdate("INSERT INTO dead_letter (projection, persistence_id, sequence_number, version,"
                        + " newest_sequence_number, cause, error, attempts)"
                        + " VALUES (:projection, :pid, :number, :version, :newest, :cause, :error, :attempts)"
                        + " ON CONFLICT (projection, persistence_id) DO UPDATE SET newest_sequence_number ="
                        + " greatest(dead_letter.newest_sequence_number, excluded.newest_sequence_number)")
                .bind("projection", projection)
                .bind("pid", row.persistenceId())
                .bind("number", row.sequenceNumber())
                .bind("version", row.head().version())
                .bind("newest", failed.newestSequenceNumber())
                .bind("cause", Causes.kind(failed.failure()))
                .bind("error", Causes.error(failed.failure()))
                .bind("attempts", attempts)
                .execute();
    }

    static boolean isParked(Handle handle, String projection, String persistenceId) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM dead_letter"
                        + " WHERE projection = :projection AND persistence_id = :pid)")
                .bind("projection", projection)
                .bind("pid", persistenceId)
                .mapTo(Boolean.class)
                .one();
    }
}
