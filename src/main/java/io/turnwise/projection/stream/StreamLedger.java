package io.turnwise.projection.stream;

import io.turnwise.journal.JournalOffset;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What Postgres knows of streams: who reads them, who of a group may work, and what is done. */
public final class StreamLedger {

    /** Another consumer of the group has taken over; what this one has begun is undone. */
    static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fenced(String group) {
            super("Another consumer of " + group + " has taken over");
        }
    }

    private final Jdbi jdbi;

    public StreamLedger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Which filling of the stream is the one that counts. */
    long generation(String stream) {
        return jdbi.inTransaction(handle -> {
            addStream(handle, stream);
            return handle.createQuery("SELECT generation FROM stream WHERE stream = :stream")
                    .bind("stream", stream)
                    .mapTo(Long.class)
                    .one();
        });
    }

    private static void addStream(Handle handle, String stream) {
        handle.execute("INSERT INTO stream (stream, generation) VALUES (?, 1) ON CONFLICT DO NOTHING", stream);
    }

    /** Whether the generation was this one and is now the next. */
    boolean advance(String stream, long generation) {
        return jdbi.withHandle(handle -> handle.execute(
                        "UPDATE stream SET generation = generation + 1 WHERE stream = ? AND generation = ?",
                        stream,
                        generation))
                == 1;
    }

    /** Makes a group known; the stream is then filled anew, so that it gets everything from the beginning. */
    public void register(String stream, String group) {
        jdbi.useTransaction(handle -> {
            addStream(handle, stream);
            int added = handle.execute(
                    "INSERT INTO stream_group (stream, consumer_group) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    stream,
                    group);
            if (added == 1) {
                handle.execute("UPDATE stream SET generation = generation + 1 WHERE stream = ?", stream);
            }
        });
    }

    /** Forgets a group and all it has done; registered again, it begins anew. */
    public void forget(String stream, String group) {
        jdbi.useTransaction(handle -> List.of("stream_group", "stream_position", "stream_mark")
                .forEach(table -> handle.execute(
                        "DELETE FROM " + table + " WHERE stream = ? AND consumer_group = ?", stream, group)));
    }

    public List<String> groups(String stream) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT consumer_group FROM stream_group WHERE stream = :stream")
                        .bind("stream", stream)
                        .mapTo(String.class)
                        .list());
    }

    /**
     * Up to where all groups have everything; empty when there are no groups. The row there may have been taken in part.
     *
     * @param sources all that are read from the journal
     */
    Optional<JournalOffset> takenByAll(String stream, Collection<String> sources) {
        List<String> groups = groups(stream);
        return jdbi.withHandle(handle -> {
            Optional<JournalOffset> least = Optional.empty();
            for (String group : groups) {
                Map<String, JournalOffset> taken = positions(handle, stream, group);
                for (String source : sources) {
                    JournalOffset place = taken.getOrDefault(source, JournalOffset.START);
                    if (least.isEmpty() || place.compareTo(least.get()) < 0) {
                        least = Optional.of(place);
                    }
                }
            }
            return least;
        });
    }

    private static Map<String, JournalOffset> positions(Handle handle, String stream, String group) {
        Map<String, JournalOffset> positions = new HashMap<>();
        handle.createQuery("SELECT source, tx_id, ordering FROM stream_position"
                        + " WHERE stream = :stream AND consumer_group = :group")
                .bind("stream", stream)
                .bind("group", group)
                .map((row, context) -> positions.put(
                        row.getString("source"), new JournalOffset(row.getLong("tx_id"), row.getLong("ordering"))))
                .list();
        return positions;
    }

    /** The epoch in which the owner works, if no other one does. */
    OptionalLong take(String stream, String group, String owner, Duration lease) {
        return jdbi.withHandle(handle -> handle.createQuery("UPDATE stream_group SET owner = :owner, epoch = epoch + 1,"
                                + " owned_until = now() + :millis * interval '1 millisecond'"
                                + " WHERE stream = :stream AND consumer_group = :group AND owned_until < now()"
                                + " RETURNING epoch")
                        .bind("owner", owner)
                        .bind("millis", lease.toMillis())
                        .bind("stream", stream)
                        .bind("group", group)
                        .mapTo(Long.class)
                        .findFirst())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /**
     * Works on for so long.
     *
     * @param lease zero to let others work
     * @throws Fenced when another one has taken over
     */
    void keep(String stream, String group, long epoch, Duration lease) {
        int kept = jdbi.withHandle(handle -> handle.createUpdate("UPDATE stream_group"
                        + " SET owned_until = now() + (:millis - 1) * interval '1 millisecond'"
                        + " WHERE stream = :stream AND consumer_group = :group AND epoch = :epoch")
                .bind("millis", lease.toMillis())
                .bind("stream", stream)
                .bind("group", group)
                .bind("epoch", epoch)
                .execute());
        if (kept == 0) {
            throw new Fenced(group);
        }
    }

    /**
     * Lets nobody take over before the transaction ends.
     *
     * @throws Fenced when somebody has
     */
    static void fence(Handle handle, String stream, String group, long epoch) {
        boolean isOwner = handle.createQuery("SELECT 1 FROM stream_group WHERE stream = :stream"
                        + " AND consumer_group = :group AND epoch = :epoch FOR SHARE")
                .bind("stream", stream)
                .bind("group", group)
                .bind("epoch", epoch)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
        if (!isOwner) {
            throw new Fenced(group);
        }
    }

    /** Whether the message's effect is not there yet; it then is, with this transaction. */
    static boolean mark(Handle handle, String stream, String group, Published message) {
        return handle.execute(
                        "INSERT INTO stream_mark AS mark (stream, consumer_group, entity, version) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (stream, consumer_group, entity) DO UPDATE SET version = excluded.version"
                                + " WHERE mark.version < excluded.version",
                        stream,
                        group,
                        message.entity(),
                        message.version())
                == 1;
    }

    /** The group has everything up to these messages, the last of each source. */
    static void move(Handle handle, String stream, String group, List<Published> messages) {
        Map<String, JournalOffset> furthest = new HashMap<>();
        messages.forEach(message -> furthest.put(message.source(), message.offset()));
        furthest.forEach((source, offset) -> handle.execute(
                "INSERT INTO stream_position AS place (stream, consumer_group, source, tx_id, ordering)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (stream, consumer_group, source)"
                        + " DO UPDATE SET tx_id = excluded.tx_id, ordering = excluded.ordering"
                        + " WHERE (place.tx_id, place.ordering) < (excluded.tx_id, excluded.ordering)",
                stream,
                group,
                source,
                offset.txId(),
                offset.ordering()));
    }
}
