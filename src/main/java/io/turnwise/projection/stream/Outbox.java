package io.turnwise.projection.stream;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Messages that are written in one transaction with rows outside of entities; both are there, or neither.
 *
 * <p>What entities do needs none of this: their journal is the outbox.
 */
public final class Outbox {

    private static final String PENDING = "published_at IS NULL AND given_up IS NULL";

    private final Jdbi jdbi;

    public Outbox(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Adds a message to the caller's transaction. Writers of the same key wait for each other until they commit, so that its
     * messages are sent in the order in which they were committed.
     *
     * @param key what the message is about, such as {@code order-17}; its messages stay in order
     * @param name with the version of the shape: {@code order.paid/1}
     * @param body written as JSON, fields in snake case
     */
    public static void append(Handle handle, String stream, String tenant, String key, String name, Object body) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("A message without a transaction is not tied to what it tells of");
        }
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:lock, 0))")
                .bind("lock", "outbox key " + stream + " " + tenant + ":" + key)
                .mapTo(Integer.class)
                .one();
        handle.execute(
                "INSERT INTO stream_outbox (stream, tenant, key, name, body) VALUES (?, ?, ?, ?, ?)",
                stream,
                tenant,
                key,
                name,
                Publication.json(body));
    }

    /** Rows that are still to be sent. */
    public long pending(String stream) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM stream_outbox WHERE stream = :stream AND " + PENDING)
                        .bind("stream", stream)
                        .mapTo(Long.class)
                        .one());
    }

    /** Rows that were given up, with why. */
    public List<String> givenUp(String stream, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id || ': ' || given_up FROM stream_outbox"
                        + " WHERE stream = :stream AND given_up IS NOT NULL ORDER BY id LIMIT :limit")
                .bind("stream", stream)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
    }

    /** A row that was given up is sent after all, as the newest of its key. */
    public boolean retry(long id) {
        return jdbi.withHandle(handle -> handle.execute(
                        "UPDATE stream_outbox SET id = nextval('stream_outbox_id_seq'), given_up = NULL, attempts = 0"
                                + " WHERE id = ? AND given_up IS NOT NULL",
                        id))
                == 1;
    }

    /** What Redis has lost of the kept rows is sent again, with what it has not lost. */
    void sendAgain(String stream) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE stream_outbox SET published_at = NULL, claimed_until = NULL, attempts = 0"
                        + " WHERE stream = ? AND published_at IS NOT NULL",
                stream));
    }

    /** Removes what was sent longer ago. */
    int clean(Duration kept) {
        return jdbi.withHandle(handle -> handle.execute(
                "DELETE FROM stream_outbox WHERE published_at < now() - ? * interval '1 millisecond'",
                kept.toMillis()));
    }

    /** A row to be sent. */
    record Row(long id, String tenant, String key, String name, String body, long writtenAtMillis, int attempts) {}

    /**
     * The next rows, which nobody else takes meanwhile. Only one at a time takes rows of a stream: of two, the second could send
     * later ones of a key first.
     */
    List<Row> claim(String stream, int limit, Duration claim) {
        return jdbi.inTransaction(handle -> {
            boolean alone = handle.createQuery("SELECT pg_try_advisory_xact_lock(hashtextextended(:lock, 0))")
                    .bind("lock", "outbox relay " + stream)
                    .mapTo(Boolean.class)
                    .one();
            if (!alone) {
                return List.of();
            }
            // a statement of its own, which sees what the last holder of the lock has committed
            return handle.createQuery(
                            "WITH claimed AS (UPDATE stream_outbox SET attempts = attempts + 1,"
                                    + " claimed_until = now() + :millis * interval '1 millisecond' WHERE id IN ("
                                    + " SELECT id FROM stream_outbox WHERE stream = :stream AND " + PENDING
                                    + " AND NOT EXISTS (SELECT FROM stream_outbox WHERE stream = :stream AND " + PENDING
                                    + " AND claimed_until > now()) ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)"
                                    + " RETURNING id, tenant, key, name, body, written_at, attempts)"
                                    + " SELECT *, (extract(epoch FROM written_at) * 1000)::bigint AS millis FROM claimed ORDER BY id")
                    .bind("millis", claim.toMillis())
                    .bind("stream", stream)
                    .bind("limit", limit)
                    .map((row, context) -> new Row(
                            row.getLong("id"),
                            row.getString("tenant"),
                            row.getString("key"),
                            row.getString("name"),
                            row.getString("body"),
                            row.getLong("millis"),
                            row.getInt("attempts")))
                    .list();
        });
    }

    void sent(List<Row> rows) {
        update(rows, "published_at = now(), claimed_until = NULL");
    }

    /** Others may take them; it was not their fault. */
    void giveBack(List<Row> rows) {
        update(rows, "claimed_until = NULL, attempts = attempts - 1");
    }

    /** Others may take it; it has cost it one attempt. */
    void failed(Row row) {
        update(List.of(row), "claimed_until = NULL");
    }

    void giveUp(Row row, String why) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE stream_outbox SET claimed_until = NULL, given_up = ? WHERE id = ?", why, row.id()));
    }

    private void update(List<Row> rows, String assignments) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE stream_outbox SET " + assignments + " WHERE id IN (<ids>)")
                .bindList("ids", rows.stream().map(Row::id).toList())
                .execute());
    }
}
