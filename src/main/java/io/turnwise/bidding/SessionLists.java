package io.turnwise.bidding;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.journal.Json;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Lists of sessions and orders, from Postgres; blocking. */
final class SessionLists {

    /** A session of a list, as it was when its last row was read. */
    record Listed(String id, SessionAnswer.SessionView view) {}

    /** An order of one member. */
    record OwnOrder(
            String sessionId, String title, int rank, BigDecimal bidPrice, BigDecimal price, Instant settledAt) {}

    private final Jdbi jdbi;

    SessionLists(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Sessions, the newest first.
     *
     * @param after the last session of the page before
     */
    List<Listed> newest(String tenant, Set<Phase> phases, @Nullable String after, int limit) {
        String cursor = after == null
                ? ""
                : " AND (scheduled_at, session_id) < (SELECT scheduled_at, session_id FROM session_view"
                        + " WHERE tenant = :tenant AND session_id = :after)";
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery("SELECT * FROM session_view WHERE tenant = :tenant AND phase IN (<phases>)"
                            + cursor + " ORDER BY scheduled_at DESC, session_id DESC LIMIT :limit")
                    .bind("tenant", tenant)
                    .bind("limit", limit);
            query.bindList(
                    "phases",
                    phases.stream()
                            .map(phase -> phase.name().toLowerCase(Locale.ROOT))
                            .toList());
            if (after != null) {
                query.bind("after", after);
            }
            return query.map((row, context) -> listed(row)).list();
        });
    }

    /** Where a session is found. */
    record Place(String tenant, String id) {
        String entityId() {
            return tenant + ":" + id;
        }
    }

    /** Some open sessions and some others, of all tenants, drawn anew each time. */
    List<Place> sample(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("(SELECT tenant, session_id FROM session_view"
                        + " WHERE phase IN ('open', 'paused') ORDER BY random() LIMIT :limit) UNION ALL"
                        + " (SELECT tenant, session_id FROM session_view WHERE phase = 'settled'"
                        + " AND ends_at > now() - interval '1 day' ORDER BY random() LIMIT :limit)")
                .bind("limit", limit)
                .map((row, context) -> new Place(row.getString("tenant"), row.getString("session_id")))
                .list());
    }

    /** A member's orders, the newest first. */
    List<OwnOrder> ordersOf(String tenant, String bidder, @Nullable String after, int limit) {
        String cursor = after == null
                ? ""
                : " AND (settled_at, session_id) < (SELECT settled_at, session_id FROM order_view"
                        + " WHERE tenant = :tenant AND session_id = :after AND bidder = :bidder)";
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery("SELECT * FROM order_view WHERE tenant = :tenant AND bidder = :bidder"
                            + cursor + " ORDER BY settled_at DESC, session_id DESC LIMIT :limit")
                    .bind("tenant", tenant)
                    .bind("bidder", bidder)
                    .bind("limit", limit);
            if (after != null) {
                query.bind("after", after);
            }
            return query.map((row, context) -> new OwnOrder(
                            row.getString("session_id"),
                            row.getString("title"),
                            row.getInt("rank"),
                            SessionJson.price(row.getLong("bid_price_cents")),
                            SessionJson.price(row.getLong("price_cents")),
                            row.getTimestamp("settled_at").toInstant()))
                    .list();
        });
    }

    /** A session's orders as the list has them, by rank. */
    List<Order> orders(String tenant, String session) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT rank, bidder, bid_price_cents, price_cents"
                        + " FROM order_view WHERE tenant = :tenant AND session_id = :session ORDER BY rank")
                .bind("tenant", tenant)
                .bind("session", session)
                .map((row, context) -> new Order(
                        row.getInt("rank"),
                        row.getString("bidder"),
                        "", // the list has no names
                        row.getLong("bid_price_cents"),
                        row.getLong("price_cents")))
                .list());
    }

    /** How many sessions there are, how many are open, and the bids of those that are settled. */
    record Totals(long sessions, long openSessions, long settledBids) {}

    Totals totals(String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) AS sessions,"
                        + " count(*) FILTER (WHERE phase IN ('open', 'paused')) AS open, coalesce(sum(bids), 0)::bigint AS bids"
                        + " FROM session_view WHERE tenant = :tenant")
                .bind("tenant", tenant)
                .map((row, context) -> new Totals(row.getLong("sessions"), row.getLong("open"), row.getLong("bids")))
                .one());
    }

    private static Listed listed(ResultSet row) throws SQLException {
        try {
            SessionTerms terms = Json.STORED.readValue(row.getString("terms"), SessionTerms.class);
            Phase phase = Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT));
            return new Listed(
                    row.getString("session_id"),
                    new SessionAnswer.SessionView(
                            phase,
                            terms.endingAt(row.getTimestamp("ends_at").getTime()),
                            row.getInt("bidders"),
                            row.getLong("bids"),
                            orNull(row, "highest_price_cents"),
                            null,
                            orNull(row, "final_price_cents"),
                            row.getString("cancel_reason"),
                            row.getLong("version"),
                            0));
        } catch (JsonProcessingException e) {
            throw new SQLException("Unreadable terms of session " + row.getString("session_id"), e);
        }
    }

    private static @Nullable Long orNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
