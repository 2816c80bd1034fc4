package io.turnwise.bidding;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.bidding.SessionAnswer.SessionView;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.http.Viewer;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists over many sessions: what they are from Postgres, how the open ones stand from themselves. */
final class SessionListing {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<Phase> ANY = EnumSet.allOf(Phase.class);
    private static final Set<Phase> UNDER_WAY = EnumSet.of(Phase.OPEN, Phase.PAUSED);
    private static final int LIMIT = 20;
    private static final int LIMIT_MAX = 100;

    private record Sessions(
            List<SessionJson.Session> sessions, @Nullable String nextAfter) {}

    private record OwnOrders(
            List<SessionLists.OwnOrder> orders, @Nullable String nextAfter) {}

    private final SessionLists lists;
    private final BiddingSessions sessions;
    private final Executor blocking;
    private final LongSupplier boardsMended;

    SessionListing(SessionLists lists, BiddingSessions sessions, Executor blocking, LongSupplier boardsMended) {
        this.lists = lists;
        this.sessions = sessions;
        this.blocking = blocking;
        this.boardsMended = boardsMended;
    }

    CompletionStage<HttpResponse> sessions(Exchange exchange) {
        return page(
                exchange,
                exchange.query("state").map(SessionListing::phase).map(Set::of).orElse(ANY));
    }

    CompletionStage<HttpResponse> active(Exchange exchange) {
        return page(exchange, UNDER_WAY);
    }

    private static Phase phase(String text) {
        return Arrays.stream(Phase.values())
                .filter(phase -> phase != Phase.UNSCHEDULED
                        && phase.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        HttpRejection.INVALID_PARAMETER,
                        "state must be scheduled, open, paused, settled or cancelled.",
                        null));
    }

    private CompletionStage<HttpResponse> page(Exchange exchange, Set<Phase> phases) {
        Viewer viewer = Viewer.of(exchange);
        String tenant = exchange.tenant();
        String after = after(exchange);
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        return CompletableFuture.supplyAsync(() -> lists.newest(tenant, phases, after, limit), blocking)
                .thenCompose(listed -> {
                    List<CompletableFuture<SessionJson.Session>> current = listed.stream()
                            .map(each -> current(tenant, each, viewer))
                            .toList();
                    String next =
                            listed.size() < limit ? null : listed.get(limit - 1).id();
                    return CompletableFuture.allOf(current.toArray(CompletableFuture[]::new))
                            .thenApply(all -> Responses.ok(new Sessions(
                                    current.stream()
                                            .map(CompletableFuture::join)
                                            .toList(),
                                    next)));
                });
    }

    private static @Nullable String after(Exchange exchange) {
        String after = exchange.query("after").orElse(null);
        if (after != null && !ID.matcher(after).matches()) {
            throw new ProblemException(
                    HttpRejection.INVALID_PARAMETER, "after must be what an answer had as next_after.", null);
        }
        return after;
    }

    /** An open session says itself how it stands; if it cannot just now, the list says what it knows. */
    private CompletableFuture<SessionJson.Session> current(String tenant, SessionLists.Listed listed, Viewer viewer) {
        if (!UNDER_WAY.contains(listed.view().phase())) {
            return CompletableFuture.completedFuture(SessionJson.Session.of(listed.id(), listed.view(), viewer));
        }
        return sessions.ask(tenant, listed.id(), Caller.of(Caller.SYSTEM), new SessionRead.ReadSession())
                .thenApply(reply -> SessionJson.Session.of(
                        listed.id(),
                        reply instanceof Reply.Accepted accepted ? (SessionView) accepted.answer() : listed.view(),
                        viewer));
    }

    CompletionStage<HttpResponse> ownOrders(Exchange exchange) {
        String tenant = exchange.tenant();
        String bidder = exchange.principal().subject();
        String after = after(exchange);
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        return CompletableFuture.supplyAsync(() -> lists.ordersOf(tenant, bidder, after, limit), blocking)
                .thenApply(orders -> Responses.ok(new OwnOrders(
                        orders,
                        orders.size() < limit ? null : orders.get(limit - 1).sessionId())));
    }

    /** Total bids: of the settled sessions from the list, of the open ones from themselves. */
    CompletableFuture<Figures> figures(String tenant) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            SessionLists.Totals totals = lists.totals(tenant);
                            return new Figures(
                                    totals.sessions(),
                                    totals.openSessions(),
                                    totals.settledBids(),
                                    boardsMended.getAsLong());
                        },
                        blocking)
                .thenCompose(settled -> openBids(tenant)
                        .thenApply(bids -> new Figures(
                                settled.totalSessions(),
                                settled.activeSessions(),
                                settled.totalBids() + bids,
                                settled.boardsMended())));
    }

    /**
     * How much there is of everything.
     *
     * @param boardsMended boards in Redis that this node has found missing, old or wrong and filled anew since it started
     */
    record Figures(long totalSessions, long activeSessions, long totalBids, long boardsMended) {}

    private CompletableFuture<Long> openBids(String tenant) {
        return CompletableFuture.supplyAsync(() -> lists.newest(tenant, UNDER_WAY, null, LIMIT_MAX), blocking)
                .thenCompose(listed -> {
                    List<CompletableFuture<SessionJson.Session>> current = listed.stream()
                            .map(each -> current(tenant, each, Viewer.ADMIN))
                            .toList();
                    return CompletableFuture.allOf(current.toArray(CompletableFuture[]::new))
                            .thenApply(all -> current.stream()
                                    .map(CompletableFuture::join)
                                    .mapToLong(session -> session.bidCount() == null ? 0 : session.bidCount())
                                    .sum());
                });
    }
}
