package io.turnwise.projection;

import io.turnwise.journal.JournalOffset;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where workers are, as akka-projection stores it. */
final class Offsets {

    /** A place and when the worker came to it. */
    record Stored(JournalOffset offset, Instant movedAt) {}

    private Offsets() {}

    static Optional<Stored> find(Handle handle, String projection, String slices) {
        return handle.createQuery("SELECT current_offset, last_updated FROM akka_projection_offset_store"
                        + " WHERE projection_name = :projection AND projection_key = :slices")
                .bind("projection", projection)
                .bind("slices", slices)
                .map((row, context) -> new Stored(
                        JournalOffset.parse(row.getString("current_offset")),
                        Instant.ofEpochMilli(row.getLong("last_updated"))))
                .findFirst();
    }

    static JournalOffset of(Handle handle, String projection, String slices) {
        return find(handle, projection, slices).map(Stored::offset).orElse(JournalOffset.START);
    }

    static void set(Handle handle, String projection, String slices, JournalOffset offset) {
        handle.createUpdate("INSERT INTO akka_projection_offset_store (projection_name, projection_key, current_offset,"
                        + " manifest, mergeable, last_updated) VALUES (:projection, :slices, :offset, 'STR', false,"
                        + " (extract(epoch FROM clock_timestamp()) * 1000)::bigint)"
                        + " ON CONFLICT (projection_name, projection_key) DO UPDATE"
                        + " SET current_offset = excluded.current_offset, last_updated = excluded.last_updated")
                .bind("projection", projection)
                .bind("slices", slices)
                .bind("offset", offset.toString())
                .execute();
    }

    static void forget(Handle handle, String projection, String slices) {
        handle.createUpdate("DELETE FROM akka_projection_offset_store"
                        + " WHERE projection_name = :projection AND projection_key = :slices")
                .bind("projection", projection)
                .bind("slices", slices)
                .execute();
    }
}
