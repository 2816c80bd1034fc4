package io.turnwise.bidding;

import akka.NotUsed;
import akka.http.javadsl.model.HttpResponse;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.Config;
import io.turnwise.bidding.SessionAnswer.OrdersPage;
import io.turnwise.http.Access;
import io.turnwise.http.CsvTable;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.http.Role;
import io.turnwise.http.Viewer;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a session was: every bid with its rank of that time, what admins did, and both bids and orders as files. */
final class HistoryRoutes {

    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 100;
    private static final int AFTER_MAX = 100_000_000;

    /** A bid as it was; in a sealed session without what would tell of others. */
    record BidRow(
            @Nullable Long sequence,
            Instant placedAt,
            String userId,
            String username,
            BigDecimal price,
            BigDecimal score,
            @Nullable Integer rank,
            @Nullable Boolean isWinning,
            boolean automatic) {

        static BidRow of(PastBid bid, boolean isTold) {
            return new BidRow(
                    isTold ? (Long) bid.sequence() : null,
                    Instant.ofEpochMilli(bid.atMillis()),
                    bid.bidder(),
                    bid.name(),
                    SessionJson.price(bid.priceCents()),
                    SessionJson.micros(bid.scoreMicros()),
                    isTold ? (Integer) bid.rank() : null,
                    isTold ? (Boolean) bid.isWinning() : null,
                    bid.isAutomatic());
        }

        static List<BidRow> all(List<PastBid> bids, boolean isTold) {
            return bids.stream().map(bid -> of(bid, isTold)).toList();
        }
    }

    record Bids(
            String sessionId, List<BidRow> bids, @Nullable Integer nextAfter) {}

    record Log(
            String sessionId,
            List<SessionLog.Entry> entries,
            @Nullable Integer nextAfter) {}

    private static final CsvTable<BidRow> BIDS = new CsvTable<>(BidRow.class);
    private static final CsvTable<SessionJson.OrderRow> ORDERS = new CsvTable<>(SessionJson.OrderRow.class);

    private final BiddingSessions sessions;
    private final PastBids past;
    private final SessionAudit audit;
    private final int csvChunk;

    HistoryRoutes(BiddingSessions sessions, PastBids past, SessionAudit audit, Config config) {
        this.sessions = sessions;
        this.past = past;
        this.audit = audit;
        this.csvChunk = config.getInt("turnwise.history.csv-chunk");
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/sessions/{id}/bids", Access.MEMBER, this::bids),
                Endpoint.get("/api/sessions/{id}/bids.csv", Access.MEMBER, this::bidsFile),
                Endpoint.get("/api/admin/sessions/{id}/orders.csv", Access.ADMIN, this::ordersFile),
                Endpoint.get("/api/admin/sessions/{id}/log", Access.ADMIN, this::log),
                Endpoint.get("/api/admin/sessions/{id}/audit", Access.ADMIN, this::audit));
    }

    private CompletionStage<HttpResponse> bids(Exchange exchange) {
        PastBids.Selection selection = selection(exchange);
        int after = exchange.query("after", 0, 0, AFTER_MAX);
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        return told(
                exchange,
                isTold -> past.page(selection, after, limit).thenApply(page -> {
                    requireKnown(page.isKnown());
                    Integer nextAfter = page.bids().size() < limit ? null : (Integer) (after + limit);
                    return Responses.ok(new Bids(selection.session(), BidRow.all(page.bids(), isTold), nextAfter));
                }));
    }

    /** Whether standings are told is said by the session as it is now, not as it was when a bid came. */
    private CompletionStage<HttpResponse> told(
            Exchange exchange, Function<Boolean, CompletionStage<HttpResponse>> answer) {
        return sessions.ask(
                        exchange.tenant(),
                        exchange.pathId("id"),
                        Caller.of(exchange.principal().subject()),
                        new SessionRead.ReadSession())
                .thenCompose(reply -> {
                    boolean hidden = reply instanceof Reply.Accepted accepted
                            && ((SessionAnswer.SessionView) accepted.answer()).sealedStill();
                    return answer.apply(Viewer.of(exchange).sees(hidden));
                });
    }

    private CompletionStage<HttpResponse> bidsFile(Exchange exchange) {
        PastBids.Selection selection = selection(exchange);
        return told(
                exchange,
                isTold -> past.open(selection, csvChunk).thenApply(opened -> {
                    requireKnown(opened.reading().isKnown());
                    ByteString beginning = BIDS.beginning(BidRow.all(opened.first(), isTold));
                    return CsvTable.file(
                            selection.session() + "-bids.csv",
                            Source.single(beginning).concat(rest(opened, isTold).map(BIDS::further)));
                }));
    }

    private Source<List<BidRow>, NotUsed> rest(PastBids.Opened opened, boolean isTold) {
        return Source.unfoldAsync(
                opened.first().size(),
                before -> before < csvChunk
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : opened.reading()
                                .nextLater(csvChunk)
                                .thenApply(bids -> Optional.of(Pair.create(bids.size(), BidRow.all(bids, isTold)))));
    }

    /** Members see their own bids, admins all or those of one member. */
    private static PastBids.Selection selection(Exchange exchange) {
        String id = exchange.pathId("id");
        String own = exchange.principal().subject();
        String asked = exchange.query("user_id").orElse(null);
        boolean isAdmin = exchange.principal().role() == Role.ADMIN;
        if (!isAdmin && asked != null && !asked.equals(own)) {
            throw new ProblemException(
                    HttpRejection.FORBIDDEN, "Members see their own bids only; leave out user_id.", null);
        }
        return new PastBids.Selection(exchange.tenant(), id, isAdmin ? asked : own);
    }

    private static void requireKnown(boolean isKnown) {
        if (!isKnown) {
            throw new ProblemException(BiddingRejection.UNKNOWN_SESSION);
        }
    }

    private CompletionStage<HttpResponse> ordersFile(Exchange exchange) {
        String id = exchange.pathId("id");
        return orders(exchange, id, 0)
                .thenApply(reply -> Responses.reply(
                        exchange,
                        reply,
                        OrdersPage.class,
                        first -> CsvTable.file(
                                id + "-orders.csv",
                                Source.single(ORDERS.beginning(rows(first)))
                                        .concat(further(exchange, id, first).map(ORDERS::further)))));
    }

    private Source<List<SessionJson.OrderRow>, NotUsed> further(Exchange exchange, String id, OrdersPage first) {
        return Source.unfoldAsync(
                first.orders().size(),
                offset -> offset >= first.totalCount()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : orders(exchange, id, offset).thenApply(reply -> {
                            if (!(reply instanceof Reply.Accepted accepted)) {
                                throw new IllegalStateException("The session cannot be read any more: " + reply);
                            }
                            OrdersPage page = (OrdersPage) accepted.answer();
                            return Optional.of(
                                    Pair.create(offset + page.orders().size(), rows(page)));
                        }));
    }

    private CompletableFuture<Reply> orders(Exchange exchange, String id, int offset) {
        return sessions.ask(
                exchange.tenant(),
                id,
                Caller.of(exchange.principal().subject()),
                new SessionRead.ReadOrders(offset, SessionRead.PAGE_MAX));
    }

    private static List<SessionJson.OrderRow> rows(OrdersPage page) {
        return page.orders().stream().map(SessionJson.OrderRow::of).toList();
    }

    private CompletionStage<HttpResponse> audit(Exchange exchange) {
        String id = exchange.pathId("id");
        return past.limited(() -> audit.of(exchange.tenant(), id)).thenApply(report -> {
            requireKnown(report.isPresent());
            return Responses.ok(report.orElseThrow());
        });
    }

    private CompletionStage<HttpResponse> log(Exchange exchange) {
        String id = exchange.pathId("id");
        int after = exchange.query("after", 0, 0, AFTER_MAX);
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        return past.limited(() -> SessionLog.read(past.history(exchange.tenant(), id), after, limit))
                .thenApply(entries -> {
                    requireKnown(!entries.isEmpty() || after > 0);
                    Integer nextAfter = entries.size() < limit ? null : (Integer) (after + limit);
                    return Responses.ok(new Log(id, entries, nextAfter));
                });
    }
}
