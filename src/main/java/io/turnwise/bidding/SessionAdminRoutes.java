package io.turnwise.bidding;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.bidding.SessionAnswer.OrdersPage;
import io.turnwise.bidding.SessionAnswer.SessionView;
import io.turnwise.bidding.terms.Proposal;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.Ids;
import io.turnwise.http.Responses;
import io.turnwise.http.Viewer;
import io.turnwise.turn.Caller;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an admin does with sessions. */
final class SessionAdminRoutes {

    private static final int ORDER_ROWS = 100;

    private final BiddingSessions sessions;
    private final SessionListing listing;
    private final Ids ids;
    private final InstantSource clock;

    SessionAdminRoutes(BiddingSessions sessions, SessionListing listing, Ids ids, InstantSource clock) {
        this.sessions = sessions;
        this.listing = listing;
        this.ids = ids;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/admin/sessions", Access.ADMIN, this::schedule),
                Endpoint.put("/api/admin/sessions/{id}", Access.ADMIN, this::change),
                Endpoint.post("/api/admin/sessions/{id}/cancel", Access.ADMIN, this::cancel),
                Endpoint.post("/api/admin/sessions/{id}/close", Access.ADMIN, this::close),
                Endpoint.post("/api/admin/sessions/{id}/pause", Access.ADMIN, this::pause),
                Endpoint.post("/api/admin/sessions/{id}/resume", Access.ADMIN, this::resume),
                Endpoint.post("/api/admin/sessions/{id}/retract", Access.ADMIN, this::retract),
                Endpoint.get("/api/admin/sessions/{id}/orders", Access.ADMIN, this::orders),
                Endpoint.get(
                        "/api/admin/stats",
                        Access.ADMIN,
                        exchange -> listing.figures(exchange.tenant()).thenApply(Responses::ok)));
    }

    private CompletionStage<HttpResponse> schedule(Exchange exchange) {
        return exchange.withBody(Proposal.class, proposal -> {
            String id = ids.of(exchange.tenant(), exchange.principal().subject(), exchange.idempotencyKey());
            SessionCommand.ScheduleSession command =
                    new SessionCommand.ScheduleSession(SessionRequests.terms(proposal, clock.millis()));
            return organise(exchange, exchange.caller(proposal), id, command, 201);
        });
    }

    private CompletionStage<HttpResponse> change(Exchange exchange) {
        String id = exchange.pathId("id");
        return exchange.withBody(
                Proposal.class,
                proposal -> organise(
                        exchange,
                        exchange.caller(proposal),
                        id,
                        new SessionCommand.ChangeSession(SessionRequests.terms(proposal, clock.millis())),
                        200));
    }

    private CompletionStage<HttpResponse> cancel(Exchange exchange) {
        return withReason(exchange, SessionCommand.CancelSession::new);
    }

    private CompletionStage<HttpResponse> pause(Exchange exchange) {
        return withReason(exchange, Moderation.PauseSession::new);
    }

    private CompletionStage<HttpResponse> withReason(
            Exchange exchange, Function<@Nullable String, SessionCommand<SessionView>> command) {
        String id = exchange.pathId("id");
        return exchange.withOptionalBody(
                SessionRequests.Reason.class,
                new SessionRequests.Reason(null),
                body -> organise(exchange, exchange.caller(), id, command.apply(body.reason()), 200));
    }

    private CompletionStage<HttpResponse> resume(Exchange exchange) {
        return organise(exchange, exchange.caller(), exchange.pathId("id"), new Moderation.ResumeSession(), 200);
    }

    private CompletionStage<HttpResponse> retract(Exchange exchange) {
        String id = exchange.pathId("id");
        return exchange.withBody(SessionRequests.RetractRequest.class, body -> {
            String bidder = Exchange.required("user_id", body.userId());
            String reason = Exchange.required("reason", body.reason());
            return organise(exchange, exchange.caller(), id, new Moderation.RetractBid(bidder, reason), 200);
        });
    }

    private CompletionStage<HttpResponse> close(Exchange exchange) {
        return organise(exchange, exchange.caller(), exchange.pathId("id"), new SessionCommand.CloseSession(), 200);
    }

    private CompletionStage<HttpResponse> organise(
            Exchange exchange, Caller caller, String id, SessionCommand<SessionView> command, int status) {
        return sessions.ask(exchange.tenant(), id, caller, command)
                .thenApply(reply -> Responses.reply(exchange, reply, SessionView.class, view -> {
                    HttpResponse response = Responses.json(status, SessionJson.Session.of(id, view, Viewer.ADMIN));
                    return Responses.withETag(response, reply.version());
                }));
    }

    private CompletionStage<HttpResponse> orders(Exchange exchange) {
        String id = exchange.pathId("id");
        int after = exchange.query("after", 0, 0, 1_000_000);
        int limit = exchange.query("limit", ORDER_ROWS, 1, ORDER_ROWS);
        return sessions.ask(exchange.tenant(), id, exchange.caller(), new SessionRead.ReadOrders(after, limit))
                .thenApply(reply -> Responses.versioned(
                        exchange,
                        reply,
                        OrdersPage.class,
                        page -> new SessionJson.Orders(
                                page.orders().stream()
                                        .map(SessionJson.OrderRow::of)
                                        .toList(),
                                page.totalCount(),
                                page.stock(),
                                page.isConsistent())));
    }
}
