package io.turnwise.projection.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.turnwise.journal.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Messages that could not be processed. Later ones of the same entity are parked behind them, so that they are never processed in
 * another order than they happened; those of other entities go on.
 */
public final class StreamDeadLetters {

    public static final String PROCESSING_ERROR = "processing_error";
    public static final String PARKED = "parked";
    public static final String MALFORMED = "malformed";

    private static final int MESSAGE_MAX = 1_000;
    private static final String OF_GROUP =
            " WHERE original_stream = :stream AND consumer_group = :group AND discarded IS NULL";
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    /**
     * One of them.
     *
     * @param retryCount retries by order
     * @param due whether it is tried again soon
     * @param discarded why it never will be
     */
    public record Letter(
            long id,
            String originalStream,
            String originalMessageId,
            String consumerGroup,
            String entity,
            long version,
            String tenant,
            String errorType,
            String errorMessage,
            Instant failedAt,
            int retryCount,
            Map<String, String> originalPayload,
            boolean due,
            @Nullable String discarded) {

        Published message() {
            return Published.of(originalPayload);
        }
    }

    private final Jdbi jdbi;

    public StreamDeadLetters(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those after one of them, in the order in which they came; discarded ones included. */
    public List<Letter> list(String stream, String group, long afterId, int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM stream_dead_letter WHERE original_stream = :stream"
                                + " AND consumer_group = :group AND id > :after ORDER BY id LIMIT :limit")
                        .bind("stream", stream)
                        .bind("group", group)
                        .bind("after", afterId)
                        .bind("limit", limit)
                        .map((row, context) -> letter(row))
                        .list());
    }

    /** Has one tried again, and all of its entity with it, in their order. Returns how many these are. */
    public int retry(long id) {
        return jdbi.withHandle(handle -> handle.execute(
                "UPDATE stream_dead_letter letter SET due = true FROM stream_dead_letter chosen WHERE chosen.id = ?"
                        + " AND letter.original_stream = chosen.original_stream"
                        + " AND letter.consumer_group = chosen.consumer_group"
                        + " AND letter.entity = chosen.entity AND letter.discarded IS NULL",
                id));
    }

    /**
     * Gives one up for good. Only the first of an entity can be: what is parked behind it may then be retried.
     *
     * @return false when it is not the first, or not there
     */
    public boolean discard(long id, String reason) {
        return jdbi.inTransaction(handle -> {
            int discarded = handle.execute(
                    "UPDATE stream_dead_letter letter SET discarded = ?, due = false WHERE id = ? AND discarded IS NULL"
                            + " AND NOT EXISTS (SELECT FROM stream_dead_letter earlier"
                            + " WHERE earlier.original_stream = letter.original_stream"
                            + " AND earlier.consumer_group = letter.consumer_group AND earlier.entity = letter.entity"
                            + " AND earlier.version < letter.version AND earlier.discarded IS NULL)",
                    reason,
                    id);
            if (discarded == 1) { // sent again, it is not to be tried again
                handle.execute(
                        "INSERT INTO stream_mark AS mark (stream, consumer_group, entity, version)"
                                + " SELECT original_stream, consumer_group, entity, version FROM stream_dead_letter"
                                + " WHERE id = ? AND error_type <> '" + MALFORMED + "'"
                                + " ON CONFLICT (stream, consumer_group, entity) DO UPDATE SET version = excluded.version"
                                + " WHERE mark.version < excluded.version",
                        id);
            }
            return discarded == 1;
        });
    }

    /** Removes what was discarded, once its time is over. */
    int clean(Duration kept) {
        return jdbi.withHandle(handle -> handle.execute(
                "DELETE FROM stream_dead_letter WHERE discarded IS NOT NULL"
                        + " AND failed_at < now() - ? * interval '1 millisecond'",
                kept.toMillis()));
    }

    /** Those of a group that are to be tried again, in the order of their versions. */
    List<Letter> due(String stream, String group, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM stream_dead_letter" + OF_GROUP
                        + " AND due AND error_type <> '" + MALFORMED + "' ORDER BY entity, version LIMIT :limit")
                .bind("stream", stream)
                .bind("group", group)
                .bind("limit", limit)
                .map((row, context) -> letter(row))
                .list());
    }

    /** From which version on messages of these entities have to wait; none for those that have no letter. */
    static Map<String, Long> blocked(Handle handle, String stream, String group, Collection<String> entities) {
        Map<String, Long> blocked = new HashMap<>();
        handle.createQuery("SELECT entity, min(version) AS version FROM stream_dead_letter" + OF_GROUP
                        + " AND entity IN (<entities>) GROUP BY entity")
                .bind("stream", stream)
                .bind("group", group)
                .bindList("entities", entities)
                .map((row, context) -> blocked.put(row.getString("entity"), row.getLong("version")))
                .list();
        return blocked;
    }

    /** Stores a message that failed; one that is there already stays as it is. */
    static void store(Handle handle, String stream, String group, Published message, String type, String error) {
        insert(
                handle,
                stream,
                group,
                message.id(),
                message.entity(),
                message.version(),
                message.tenant(),
                type,
                error,
                message.fields());
    }

    /** Stores a message behind another of its entity; 0 when it is there already. */
    static int park(Handle handle, String stream, String group, Published message) {
        return insert(
                handle,
                stream,
                group,
                message.id(),
                message.entity(),
                message.version(),
                message.tenant(),
                PARKED,
                "behind an earlier message of " + message.entity(),
                message.fields());
    }

    /** Stores what nobody can read. */
    static void storeMalformed(
            Handle handle, String stream, String group, String redisId, Map<String, String> fields, String error) {
        insert(handle, stream, group, "redis/" + redisId, "redis/" + redisId, 0, "", MALFORMED, error, fields);
    }

    private static int insert(
            Handle handle,
            String stream,
            String group,
            String messageId,
            String entity,
            long version,
            String tenant,
            String type,
            String error,
            Map<String, String> payload) {
        // what comes behind others that are about to be tried again is tried with them
        return handle.createUpdate(
                        "INSERT INTO stream_dead_letter (original_stream, consumer_group, message_id, entity, version,"
                                + " tenant, error_type, error_message, original_payload, due) VALUES (:stream, :group, :id, :entity,"
                                + " :version, :tenant, :type, :error, :payload::json, coalesce((SELECT bool_and(due)"
                                + " FROM stream_dead_letter" + OF_GROUP
                                + " AND entity = :entity), false)) ON CONFLICT DO NOTHING")
                .bind("stream", stream)
                .bind("group", group)
                .bind("id", messageId)
                .bind("entity", entity)
                .bind("version", version)
                .bind("tenant", tenant)
                .bind("type", type)
                .bind("error", storable(error))
                .bind("payload", Publication.json(payload))
                .execute();
    }

    private static String storable(String error) {
        return error.substring(0, Math.min(error.length(), MESSAGE_MAX)).replace('\0', ' ');
    }

    static void done(Handle handle, long id) {
        handle.execute("DELETE FROM stream_dead_letter WHERE id = ?", id);
    }

    /** It failed once more; all of its entity wait until somebody has them tried again. */
    void failedAgain(Letter letter, String error) {
        jdbi.useTransaction(handle -> {
            handle.execute(
                    "UPDATE stream_dead_letter SET retry_count = retry_count + 1, failed_at = now(), error_type = ?,"
                            + " error_message = ? WHERE id = ?",
                    PROCESSING_ERROR,
                    storable(error),
                    letter.id());
            handle.execute(
                    "UPDATE stream_dead_letter SET due = false WHERE original_stream = ? AND consumer_group = ?"
                            + " AND entity = ?",
                    letter.originalStream(),
                    letter.consumerGroup(),
                    letter.entity());
        });
    }

    private static Letter letter(ResultSet row) throws SQLException {
        try {
            return new Letter(
                    row.getLong("id"),
                    row.getString("original_stream"),
                    row.getString("message_id"),
                    row.getString("consumer_group"),
                    row.getString("entity"),
                    row.getLong("version"),
                    row.getString("tenant"),
                    row.getString("error_type"),
                    row.getString("error_message"),
                    row.getTimestamp("failed_at").toInstant(),
                    row.getInt("retry_count"),
                    Json.STORED.readValue(row.getString("original_payload"), FIELDS),
                    row.getBoolean("due"),
                    row.getString("discarded"));
        } catch (JsonProcessingException e) {
            throw new SQLException("Not a payload", e);
        }
    }
}
