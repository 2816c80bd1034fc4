package io.turnwise.projection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What operators did to projections, and why: table {@code projection_action}. */
final class Actions {

    private Actions() {}

    /**
     * Begins an operator's transaction: it is durable, it does not wait for ever, and nobody carries anything into the view
     * until its end.
     */
    static void begin(Handle handle, String projection) {
        handle.execute("SET LOCAL synchronous_commit = on");
        handle.execute("SET LOCAL lock_timeout = '5s'");
        ensure(handle, projection);
        handle.createQuery("SELECT name FROM projection WHERE name = :name FOR UPDATE")
                .bind("name", projection)
                .mapTo(String.class)
                .one();
    }

    static void ensure(Handle handle, String projection) {
        handle.createUpdate("INSERT INTO projection (name) SELECT :name WHERE NOT EXISTS"
                        + " (SELECT FROM projection WHERE name = :name) ON CONFLICT DO NOTHING")
                .bind("name", projection)
                .execute();
    }

    static void note(Handle handle, String projection, String action, Order order, @Nullable String detail) {
        handle.createUpdate("INSERT INTO projection_action (done_by, projection, action, reason, detail)"
                        + " VALUES (:by, :projection, :action, :reason, :detail)")
                .bind("by", order.by())
                .bind("projection", projection)
                .bind("action", action)
                .bind("reason", order.reason())
                .bind("detail", detail)
                .execute();
    }

    static List<ProjectionStanding.Action> newest(Handle handle, String projection, int limit) {
        return handle.createQuery("SELECT * FROM projection_action WHERE projection = :projection"
                        + " ORDER BY id DESC LIMIT :limit")
                .bind("projection", projection)
                .bind("limit", limit)
                .map((row, context) -> new ProjectionStanding.Action(
                        time(row.getObject("done_at", OffsetDateTime.class)),
                        row.getString("done_by"),
                        row.getString("action"),
                        row.getString("reason"),
                        row.getString("detail")))
                .list();
    }

    private static Instant time(OffsetDateTime time) {
        return time.toInstant();
    }
}
