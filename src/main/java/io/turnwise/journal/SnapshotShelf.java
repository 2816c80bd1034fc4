package io.turnwise.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** All snapshots that are kept: which there are, how much they take, and their end; blocking. */
public final class SnapshotShelf {

    private static final String COLUMNS =
            "persistence_id, sequence_number, version, at_millis, reason, taken_by, created,"
                    + " octet_length(snapshot_payload) AS bytes";

    private static final int CLEANED_AT_ONCE = 500;

    private final Jdbi jdbi;

    public SnapshotShelf(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The snapshots of one type of entity.
     *
     * @param byHand how many of them somebody wanted
     */
    public record Figures(String type, long count, long byHand, long bytes, long oldestMillis, long newestMillis) {}

    /** Those of one entity, the newest first; few, because an entity keeps few. */
    public List<KeptSnapshot> of(String persistenceId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS
                        + " FROM snapshot WHERE persistence_id = :pid ORDER BY sequence_number DESC")
                .bind("pid", persistenceId)
                .map((row, context) -> kept(row))
                .list());
    }

    /**
     * Those of one tenant, by entity and then the oldest first.
     *
     * @param afterId where the page before ended: an entity and the row that its last snapshot follows
     */
    public List<KeptSnapshot> page(String tenant, String afterId, long afterNumber, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS
                        + " FROM snapshot WHERE tenant = :tenant"
                        + " AND (persistence_id COLLATE \"C\", sequence_number) > (:id, :number)"
                        + " ORDER BY persistence_id COLLATE \"C\", sequence_number LIMIT :limit")
                .bind("tenant", tenant)
                .bind("id", afterId)
                .bind("number", afterNumber)
                .bind("limit", limit)
                .map((row, context) -> kept(row))
                .list());
    }

    private static KeptSnapshot kept(ResultSet row) throws SQLException {
        return new KeptSnapshot(
                row.getString("persistence_id"),
                row.getLong("sequence_number"),
                row.getLong("version"),
                row.getLong("at_millis"),
                row.getString("reason"),
                row.getString("taken_by"),
                row.getLong("created"),
                row.getLong("bytes"));
    }

    /** Of one tenant, by type of entity. */
    public List<Figures> figures(String tenant) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT split_part(persistence_id, '|', 1) AS type, count(*) AS count,"
                                + " count(taken_by) AS by_hand, sum(octet_length(snapshot_payload)) AS bytes,"
                                + " min(created) AS oldest, max(created) AS newest"
                                + " FROM snapshot WHERE tenant = :tenant GROUP BY 1 ORDER BY 1")
                        .bind("tenant", tenant)
                        .map((row, context) -> new Figures(
                                row.getString("type"),
                                row.getLong("count"),
                                row.getLong("by_hand"),
                                row.getLong("bytes"),
                                row.getLong("oldest"),
                                row.getLong("newest")))
                        .list());
    }

    /**
     * Deletes those that were taken before then, in small transactions; never the newest of an entity, on which its next recovery,
     * or what is left of its journal, may rest.
     *
     * @param tenant whose; null for everybody's
     * @return how many
     */
    public long deleteBefore(long createdMillis, @Nullable String tenant) {
        long deleted = 0;
        int atOnce;
        do {
            atOnce = jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM snapshot WHERE (persistence_id,"
                            + " sequence_number) IN (SELECT persistence_id, sequence_number FROM snapshot old"
                            + " WHERE created < :before AND (:tenant::text IS NULL OR tenant = :tenant) AND EXISTS ("
                            + "SELECT FROM snapshot newer WHERE newer.persistence_id = old.persistence_id"
                            + " AND newer.sequence_number > old.sequence_number) LIMIT :limit)")
                    .bind("before", createdMillis)
                    .bind("tenant", tenant)
                    .bind("limit", CLEANED_AT_ONCE)
                    .execute());
            deleted += atOnce;
        } while (atOnce == CLEANED_AT_ONCE);
        return deleted;
    }
}
