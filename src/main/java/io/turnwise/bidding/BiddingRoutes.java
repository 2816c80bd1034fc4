package io.turnwise.bidding;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.bidding.SessionAnswer.BidAccepted;
import io.turnwise.bidding.SessionAnswer.BoardPage;
import io.turnwise.bidding.SessionAnswer.SessionResult;
import io.turnwise.bidding.SessionAnswer.SessionView;
import io.turnwise.bidding.SessionAnswer.StandingView;
import io.turnwise.bidding.redis.BoardRow;
import io.turnwise.bidding.redis.RedisBoards;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.Principal;
import io.turnwise.http.Responses;
import io.turnwise.http.Viewer;
import io.turnwise.http.feed.EventStreams;
import io.turnwise.http.feed.Feeds;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What everybody may read of a session, and what members do in it. */
final class BiddingRoutes {

    private static final int NEIGHBOURS = 2;
    private static final int RESULT_ROWS = 100;

    private final BiddingSessions sessions;
    private final SessionListing listing;
    private final RedisBoards boards;
    private final Feeds feeds;
    private final EventStreams streams;

    BiddingRoutes(
            BiddingSessions sessions, SessionListing listing, RedisBoards boards, Feeds feeds, EventStreams streams) {
        this.sessions = sessions;
        this.listing = listing;
        this.boards = boards;
        this.feeds = feeds;
        this.streams = streams;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/bid", Access.MEMBER, this::placeBid),
                Endpoint.get("/api/sessions", Access.READER, listing::sessions),
                Endpoint.get("/api/sessions/active", Access.READER, listing::active),
                Endpoint.get("/api/sessions/{id}", Access.READER, this::session),
                Endpoint.stream("/api/sessions/{id}/events", Access.READER, this::events),
                Endpoint.stream("/ws/{id}", Access.READER, this::socket),
                Endpoint.get("/api/leaderboard/{id}", Access.READER, this::leaderboard),
                Endpoint.get("/api/leaderboard/{id}/me", Access.MEMBER, this::ownStanding),
                Endpoint.get("/api/results/{id}", Access.READER, this::result),
                Endpoint.get("/api/orders", Access.MEMBER, listing::ownOrders));
    }

    private CompletionStage<HttpResponse> placeBid(Exchange exchange) {
        return exchange.withBody(SessionRequests.BidRequest.class, bid -> {
            Principal member = exchange.principal();
            String session = bid.session();
            return sessions.bid(member, session, exchange.caller(), bid)
                    .thenApply(reply -> Responses.reply(
                            exchange,
                            reply,
                            BidAccepted.class,
                            accepted -> Responses.ok(SessionJson.Accepted.of(session, accepted))));
        });
    }

    private CompletionStage<HttpResponse> session(Exchange exchange) {
        String id = exchange.pathId("id");
        return ask(exchange, id, new SessionRead.ReadSession())
                .thenApply(reply -> Responses.reply(exchange, reply, SessionView.class, view -> {
                    HttpResponse shown = Responses.ok(SessionJson.Session.of(id, view, Viewer.of(exchange)));
                    return isTold(exchange, view.sealedStill()) ? Responses.withETag(shown, reply.version()) : shown;
                }));
    }

    private CompletionStage<HttpResponse> events(Exchange exchange) {
        String id = exchange.pathId("id");
        return ask(exchange, id, new SessionRead.ReadSession())
                .thenApply(reply -> Responses.reply(
                        exchange,
                        reply,
                        SessionView.class,
                        view -> streams.events(exchange, feeds, exchange.tenant() + ":" + id)));
    }

    private CompletionStage<HttpResponse> socket(Exchange exchange) {
        String id = exchange.pathId("id");
        return ask(exchange, id, new SessionRead.ReadSession())
                .thenApply(reply -> Responses.reply(
                        exchange,
                        reply,
                        SessionView.class,
                        view -> streams.socket(
                                exchange,
                                feeds,
                                exchange.tenant() + ":" + id,
                                new SessionSocket(sessions, id, exchange))));
    }

    private CompletionStage<HttpResponse> leaderboard(Exchange exchange) {
        String id = exchange.pathId("id");
        int page = exchange.query("page", 1, 1, 1_000_000);
        int pageSize = exchange.query("page_size", 50, 1, 100);
        int offset = (page - 1) * pageSize;
        boolean strong = exchange.query("consistency").filter("strong"::equals).isPresent();
        CompletionStage<Optional<RedisBoards.Page>> fast = strong
                ? CompletableFuture.completedFuture(Optional.empty())
                : boards.page(exchange.tenant(), id, offset, pageSize).exceptionally(failure -> Optional.empty());
        return fast.thenComposeAsync(
                found -> found.isPresent()
                        ? exchange.done(Responses.ok(leaderboard(id, found.get(), page, pageSize)))
                        : ask(exchange, id, new SessionRead.ReadBoard(offset, pageSize))
                                .thenApply(reply -> Responses.reply(
                                        exchange,
                                        reply,
                                        BoardPage.class,
                                        board -> Responses.ok(
                                                isTold(exchange, board.hidden())
                                                        ? leaderboard(id, board, page, pageSize)
                                                        : new SessionJson.SealedLeaderboard(id, true, List.of())))),
                Runnable::run);
    }

    private static SessionJson.Leaderboard leaderboard(String id, RedisBoards.Page found, int page, int pageSize) {
        List<SessionJson.Row> rows = new ArrayList<>(found.rows().size());
        for (BoardRow row : found.rows()) {
            int rank = (page - 1) * pageSize + rows.size() + 1;
            rows.add(SessionJson.Row.of(rank, rank <= found.inventory(), row));
        }
        return new SessionJson.Leaderboard(
                id,
                rows,
                found.highestPriceCents().isPresent()
                        ? SessionJson.price(found.highestPriceCents().getAsLong())
                        : null,
                micros(found.thresholdScoreMicros()),
                page,
                pageSize,
                found.size(),
                pages(found.size(), pageSize),
                found.version());
    }

    private static SessionJson.Leaderboard leaderboard(String id, BoardPage board, int page, int pageSize) {
        return new SessionJson.Leaderboard(
                id,
                SessionJson.Row.all(board.rows()),
                SessionJson.priceOrNull(board.highestPriceCents()),
                SessionJson.microsOrNull(board.thresholdScoreMicros()),
                page,
                pageSize,
                board.totalCount(),
                pages(board.totalCount(), pageSize),
                board.version());
    }

    private static @Nullable BigDecimal micros(OptionalLong micros) {
        return micros.isPresent() ? SessionJson.micros(micros.getAsLong()) : null;
    }

    private static int pages(int total, int pageSize) {
        return (total + pageSize - 1) / pageSize;
    }

    private CompletionStage<HttpResponse> ownStanding(Exchange exchange) {
        String id = exchange.pathId("id");
        return ask(
                        exchange,
                        id,
                        new SessionRead.ReadStanding(exchange.principal().subject(), NEIGHBOURS))
                .thenApply(reply -> Responses.reply(
                        exchange,
                        reply,
                        StandingView.class,
                        view -> isTold(exchange, view.hidden())
                                ? Responses.withETag(
                                        Responses.ok(SessionJson.OwnStanding.of(id, view)), reply.version())
                                : Responses.ok(SessionJson.SealedStanding.of(id, view))));
    }

    private CompletionStage<HttpResponse> result(Exchange exchange) {
        String id = exchange.pathId("id");
        int offset = exchange.query("after", 0, 0, 1_000_000);
        int limit = exchange.query("limit", RESULT_ROWS, 1, RESULT_ROWS);
        return ask(exchange, id, new SessionRead.ReadResult(offset, limit))
                .thenApply(reply -> Responses.versioned(exchange, reply, SessionResult.class, result -> {
                    SessionJson.Session session = SessionJson.Session.of(id, result.session(), Viewer.of(exchange));
                    return new SessionJson.Result(
                            session,
                            session.finalPrice(),
                            result.winners().stream()
                                    .map(SessionJson.OrderRow::of)
                                    .toList(),
                            result.totalCount());
                }));
    }

    /** A version would tell how much has been bid. */
    private static boolean isTold(Exchange exchange, boolean hidden) {
        return Viewer.of(exchange).sees(hidden);
    }

    private CompletableFuture<Reply> ask(Exchange exchange, String id, SessionRead<?> read) {
        String by = exchange.anyPrincipal().map(Principal::subject).orElse("anonymous");
        return sessions.ask(exchange.tenant(), id, Caller.of(by), read);
    }
}
