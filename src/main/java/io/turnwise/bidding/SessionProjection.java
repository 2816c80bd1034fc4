package io.turnwise.bidding;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.journal.JournalRow;
import io.turnwise.journal.Json;
import io.turnwise.projection.View;
import io.turnwise.turn.Event;
import io.turnwise.turn.Turn;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Keeps the lists of sessions and orders in Postgres; bids do not touch it. */
final class SessionProjection implements View.InPostgres {

    private static final Set<String> OF_INTEREST = Set.of(
            "bidding.session-scheduled/1",
            "bidding.session-scheduled/2",
            "bidding.session-changed/1",
            "bidding.session-changed/2",
            "bidding.session-extended/1",
            "bidding.bid-retracted/1",
            "bidding.session-paused/1",
            "bidding.session-resumed/1",
            "bidding.session-opened/1",
            "bidding.session-ended/1",
            "bidding.session-settled/1",
            "bidding.session-cancelled/1");

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public List<String> tables() {
        return List.of("session_view", "order_view");
    }

    @Override
    public boolean wants(JournalRow row) {
        return row.type().equals(BiddingSessions.DEFINITION.type())
                && row.head().names().stream().anyMatch(OF_INTEREST::contains);
    }

    @Override
    public void apply(Handle handle, List<JournalRow> rows) {
        for (JournalRow row : rows) {
            Turn turn = row.happened();
            long version = turn.version();
            for (Turn.Entry entry : turn.entries()) {
                for (Event<?> event : entry.events()) {
                    new Change(handle, row.tenant(), row.id(), version, entry.atMillis()).apply((SessionEvent) event);
                    version++;
                }
            }
        }
    }

    /** One event's change of one session; nothing if the view is already further. */
    private record Change(Handle handle, String tenant, String session, long version, long atMillis) {

        void apply(SessionEvent event) {
            if (event instanceof SessionEvent.SessionScheduled scheduled) {
                schedule(scheduled.terms());
            } else if (event instanceof SessionEvent.SessionChanged changed) {
                update(
                        "terms = :terms::jsonb, starts_at = :startsAt, ends_at = :endsAt",
                        statement -> bindTerms(statement, changed.terms()));
            } else if (event instanceof SessionEvent.SessionOpened) {
                update("phase = 'open'", statement -> {});
            } else if (event instanceof SessionEvent.SessionEnded ended) {
                moveEnd("", ended.endsAtMillis());
            } else if (event instanceof SessionEvent.SessionExtended extended) {
                moveEnd("", extended.endsAtMillis());
            } else if (event instanceof SessionEvent.BidRetracted retracted) {
                if (retracted.endsAtMillis() != null) {
                    moveEnd("", retracted.endsAtMillis());
                }
            } else if (event instanceof SessionEvent.SessionPaused) {
                update("phase = 'paused'", statement -> {});
            } else if (event instanceof SessionEvent.SessionResumed resumed) {
                moveEnd("phase = 'open', ", resumed.endsAtMillis());
            } else if (event instanceof SessionEvent.SessionCancelled cancelled) {
                update(
                        "phase = 'cancelled', cancel_reason = :reason",
                        statement -> statement.bind("reason", cancelled.reason()));
            } else if (event instanceof SessionEvent.SessionSettled settled) {
                settle(settled);
            }
        }

        private void schedule(SessionTerms terms) {
            bindTerms(
                            handle.createUpdate("INSERT INTO session_view (tenant, session_id, phase, terms, starts_at,"
                                            + " ends_at, scheduled_at, version) VALUES (:tenant, :session, 'scheduled',"
                                            + " :terms::jsonb, :startsAt, :endsAt, :at, :version)"
                                            + " ON CONFLICT (tenant, session_id) DO NOTHING")
                                    .bind("tenant", tenant)
                                    .bind("session", session)
                                    .bind("version", version)
                                    .bind("at", time(atMillis)),
                            terms)
                    .execute();
        }

        private void settle(SessionEvent.SessionSettled settled) {
            int updated = update(
                    "phase = 'settled', bidders = :bidders, bids = :bids, highest_price_cents = :highest,"
                            + " final_price_cents = :final",
                    statement -> statement
                            .bind("bidders", settled.bidderCount())
                            .bind("bids", settled.bidCount())
                            .bind("highest", settled.highestPriceCents())
                            .bind("final", settled.finalPriceCents()));
            if (updated == 0 || settled.orders().isEmpty()) {
                return;
            }
            PreparedBatch orders =
                    handle.prepareBatch("INSERT INTO order_view (tenant, session_id, rank, bidder, title,"
                            + " bid_price_cents, price_cents, settled_at) SELECT :tenant, :session, :rank, :bidder,"
                            + " terms->>'title', :bid, :price, :at FROM session_view"
                            + " WHERE tenant = :tenant AND session_id = :session");
            for (Order order : settled.orders()) {
                orders.bind("tenant", tenant)
                        .bind("session", session)
                        .bind("rank", order.rank())
                        .bind("bidder", order.bidder())
                        .bind("bid", order.bidPriceCents())
                        .bind("price", order.priceCents())
                        .bind("at", time(atMillis))
                        .add();
            }
            orders.execute();
        }

        private void moveEnd(String others, long endsAtMillis) {
            update(others + "ends_at = :endsAt", statement -> statement.bind("endsAt", time(endsAtMillis)));
        }

        @FunctionalInterface
        private interface Binding {
            void bind(org.jdbi.v3.core.statement.Update statement);
        }

        private int update(String assignments, Binding binding) {
            org.jdbi.v3.core.statement.Update statement = handle.createUpdate("UPDATE session_view SET " + assignments
                            + ", version = :version WHERE tenant = :tenant AND session_id = :session"
                            + " AND version < :version")
                    .bind("tenant", tenant)
                    .bind("session", session)
                    .bind("version", version);
            binding.bind(statement);
            return statement.execute();
        }

        private static org.jdbi.v3.core.statement.Update bindTerms(
                org.jdbi.v3.core.statement.Update statement, SessionTerms terms) {
            try {
                return statement
                        .bind("terms", Json.STORED.writeValueAsString(terms))
                        .bind("startsAt", time(terms.startsAtMillis()))
                        .bind("endsAt", time(terms.endsAtMillis()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Cannot write terms", e);
            }
        }

        private static OffsetDateTime time(long millis) {
            return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
        }
    }
}
