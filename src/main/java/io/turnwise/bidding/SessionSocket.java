package io.turnwise.bidding;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.turnwise.bidding.SessionAnswer.BidAccepted;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.Principal;
import io.turnwise.http.Problem;
import io.turnwise.http.ProblemException;
import io.turnwise.http.feed.SocketDesk;
import io.turnwise.journal.Json;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a member may send over the WebSocket of a session: bids, answered as {@code POST /api/bid} answers them. */
final class SessionSocket implements SocketDesk {

    /** A message of a client. */
    record Incoming(
            @Nullable String type,
            @Nullable BigDecimal price,
            @Nullable BigDecimal maxPrice,
            @Nullable String key) {}

    private static final ObjectReader INCOMING = Json.STRICT.readerFor(Incoming.class);

    private final BiddingSessions sessions;
    private final String session;
    private final Optional<Principal> member;
    private final String requestId;

    SessionSocket(BiddingSessions sessions, String session, Exchange exchange) {
        this.sessions = sessions;
        this.session = session;
        this.member = exchange.anyPrincipal();
        this.requestId = exchange.requestId();
    }

    @Override
    public CompletionStage<byte[]> answer(byte[] message) {
        Incoming incoming;
        try {
            incoming = INCOMING.readValue(message);
        } catch (JacksonException e) {
            return done(problem("problem", null, malformed()));
        } catch (IOException e) {
            throw new IllegalStateException("An array cannot fail to be read", e);
        }
        if (incoming == null || !"bid".equals(incoming.type())) {
            return done(problem("problem", incoming == null ? null : incoming.key(), malformed()));
        }
        try {
            return bid(incoming);
        } catch (ProblemException e) {
            return done(problem("bid_result", incoming.key(), e));
        }
    }

    private CompletionStage<byte[]> bid(Incoming incoming) {
        Principal bidder = member.orElseThrow(() -> new ProblemException(HttpRejection.UNAUTHENTICATED));
        SessionRequests.BidRequest bid = new SessionRequests.BidRequest(session, incoming.price(), incoming.maxPrice());
        String key = incoming.key();
        if (key != null && !Exchange.isKey(key)) {
            throw new ProblemException(
                    HttpRejection.INVALID_FIELD,
                    HttpRejection.INVALID_FIELD.detail(),
                    List.of(new Problem.FieldError(
                            "key", "must be 1 to 128 printable ASCII characters without spaces")));
        }
        Caller caller = new Caller(bidder.subject(), key, null, Caller.ANY_VERSION, null, null, bidder.isUnpaced());
        return sessions.bid(bidder, session, caller, bid).thenApply(reply -> result(key, reply));
    }

    private byte[] result(@Nullable String key, Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            return problem("bid_result", key, new ProblemException(refused, refused.detail(), null));
        }
        BidAccepted accepted = (BidAccepted) ((Reply.Accepted) reply).answer();
        return SessionFeeds.bytes(
                new FeedJson.Answer("bid_result", key, 200, SessionJson.Accepted.of(session, accepted)));
    }

    private byte[] problem(String type, @Nullable String key, ProblemException refusal) {
        Problem problem = refusal.problem(requestId);
        return SessionFeeds.bytes(new FeedJson.Answer(type, key, problem.status(), problem));
    }

    private static ProblemException malformed() {
        return new ProblemException(
                HttpRejection.MALFORMED_JSON,
                "A message is 'ping' or {\"type\":\"bid\",\"price\":12.5,\"key\":\"...\"}; the key may be left out.",
                null);
    }

    private static CompletionStage<byte[]> done(byte[] answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
