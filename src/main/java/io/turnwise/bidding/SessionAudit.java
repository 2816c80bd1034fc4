package io.turnwise.bidding;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.turnwise.bidding.SessionAnswer.BoardPage;
import io.turnwise.bidding.SessionAnswer.OrdersPage;
import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.redis.BoardRow;
import io.turnwise.bidding.redis.RedisBoards;
import io.turnwise.bidding.redis.RedisBoards.Digest;
import io.turnwise.journal.Replay;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Counts a session again from the journal alone, and compares whoever else knows something of it; blocking. */
final class SessionAudit {

    /** What came of a comparison. */
    enum Result {
        @JsonProperty("ok")
        OK,
        @JsonProperty("differs")
        DIFFERS,
        /** There was nothing to compare, or it could not be read. */
        @JsonProperty("unknown")
        UNKNOWN
    }

    /** One comparison. */
    record Check(String name, Result result, String detail) {}

    /**
     * All of them.
     *
     * @param version of the session at which it was compared
     * @param isConsistent whether nothing differs
     */
    record Report(
            String sessionId,
            long version,
            long bids,
            int bidders,
            int orders,
            boolean isConsistent,
            List<Check> checks) {}

    /** A session in which much is bid moves while its pages are read. */
    private static final int ATTEMPTS = 10;

    /** What an entity says of itself, all of one version. */
    private record Own(long version, List<Standing> standings) {}

    private final BiddingSessions sessions;
    private final Replay replay;
    private final RedisBoards boards;
    private final SessionLists lists;

    SessionAudit(BiddingSessions sessions, Replay replay, RedisBoards boards, SessionLists lists) {
        this.sessions = sessions;
        this.replay = replay;
        this.boards = boards;
        this.lists = lists;
    }

    /** The report; empty if there is no such session. */
    Optional<Report> of(String tenant, String session) {
        Own own = own(tenant, session);
        Recount recount = recount(tenant, session, own == null ? Long.MAX_VALUE : own.version());
        if (!recount.isKnown()) {
            return Optional.empty();
        }
        List<Check> checks = new ArrayList<>();
        checks.add(bids(recount));
        checks.add(orders(recount));
        checks.add(entity(recount, own));
        checks.add(entityOrders(tenant, session, recount));
        checks.add(redis(tenant, session));
        checks.add(list(tenant, session, recount));
        Settlement settled = recount.settled();
        return Optional.of(new Report(
                session,
                recount.version(),
                recount.bidCount(),
                recount.ranking().size(),
                settled == null ? 0 : settled.orders().size(),
                checks.stream().noneMatch(check -> check.result() == Result.DIFFERS),
                checks));
    }

    private Recount recount(String tenant, String session, long version) {
        Recount recount = new Recount();
        replay.history(BiddingSessions.DEFINITION, tenant + ":" + session).tell((event, at, after) -> {
            recount.count(event, at);
            return at.version() < version;
        });
        return recount;
    }

    private static Check bids(Recount recount) {
        return recount.faults().isEmpty()
                ? new Check("bids", Result.OK, recount.bidCount() + " bids, every score and time as it must be")
                : new Check("bids", Result.DIFFERS, String.join(" ", recount.faults()));
    }

    private static Check orders(Recount recount) {
        Settlement settled = recount.settled();
        if (settled == null) {
            return new Check("orders", Result.UNKNOWN, "The session is not settled.");
        }
        return compared(
                "orders", settled.equals(recount.settlement()), settled.orders().size() + " orders");
    }

    private static Check entity(Recount recount, @Nullable Own own) {
        if (own == null) {
            return new Check("entity", Result.UNKNOWN, "The session could not be read at one version.");
        }
        List<Standing> ranking = recount.ranking();
        boolean isEqual = own.version() == recount.version() && own.standings().equals(ranking);
        return compared("entity", isEqual, ranking.size() + " standings at version " + own.version());
    }

    private @Nullable Own own(String tenant, String session) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Standing> standings = new ArrayList<>();
            BoardPage first = page(tenant, session, 0);
            BoardPage page = first;
            while (first != null && page != null && page.version() == first.version()) {
                page.rows().forEach(row -> standings.add(row.standing()));
                if (standings.size() >= page.totalCount()) {
                    return new Own(first.version(), standings);
                }
                page = page(tenant, session, standings.size());
            }
        }
        return null;
    }

    private @Nullable BoardPage page(String tenant, String session, int offset) {
        return (BoardPage) ask(tenant, session, new SessionRead.ReadBoard(offset, SessionRead.PAGE_MAX));
    }

    private Check entityOrders(String tenant, String session, Recount recount) {
        Settlement settled = recount.settled();
        if (settled == null) {
            return new Check("entity_orders", Result.UNKNOWN, "The session is not settled.");
        }
        List<Order> own = new ArrayList<>();
        OrdersPage page;
        do {
            page = (OrdersPage) ask(tenant, session, new SessionRead.ReadOrders(own.size(), SessionRead.PAGE_MAX));
            if (page == null) {
                return new Check("entity_orders", Result.UNKNOWN, "The session could not be read.");
            }
            own.addAll(page.orders());
        } while (own.size() < page.totalCount() && !page.orders().isEmpty());
        return compared("entity_orders", own.equals(settled.orders()), own.size() + " orders");
    }

    private @Nullable Object ask(String tenant, String session, SessionRead<?> read) {
        Reply reply =
                sessions.ask(tenant, session, Caller.of(Caller.SYSTEM), read).join();
        return reply instanceof Reply.Accepted accepted ? accepted.answer() : null;
    }

    /** At the version that Redis has, which may be another. */
    private Check redis(String tenant, String session) {
        Digest digest;
        try {
            digest = boards.digest(tenant, session).toCompletableFuture().join();
        } catch (CompletionException away) {
            return new Check("redis", Result.UNKNOWN, "Redis cannot be read.");
        }
        if (digest.version().isEmpty()) {
            return new Check("redis", Result.UNKNOWN, "Redis has no board of this session just now.");
        }
        long version = digest.version().getAsLong();
        Recount then = recount(tenant, session, version);
        List<BoardRow> rows = then.ranking().stream().map(BoardRow::of).toList();
        return compared(
                "redis",
                digest.equals(Digest.of(then.version(), rows)),
                rows.size() + " standings at version " + version);
    }

    private Check list(String tenant, String session, Recount recount) {
        Settlement settled = recount.settled();
        if (settled == null) {
            return new Check("order_list", Result.UNKNOWN, "The session is not settled.");
        }
        List<Order> expected = settled.orders().stream()
                .map(order -> new Order(order.rank(), order.bidder(), "", order.bidPriceCents(), order.priceCents()))
                .toList();
        List<Order> listed = lists.orders(tenant, session);
        return listed.isEmpty() && !expected.isEmpty()
                ? new Check("order_list", Result.UNKNOWN, "The list has not come to this session yet.")
                : compared("order_list", listed.equals(expected), listed.size() + " orders");
    }

    private static Check compared(String name, boolean isEqual, String what) {
        return new Check(name, isEqual ? Result.OK : Result.DIFFERS, what);
    }
}
