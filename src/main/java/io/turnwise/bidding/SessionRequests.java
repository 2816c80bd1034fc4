package io.turnwise.bidding;

import io.turnwise.bidding.terms.Decimals;
import io.turnwise.bidding.terms.Proposal;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.Problem;
import io.turnwise.http.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bodies that clients send, and what is at fault with them. */
final class SessionRequests {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private SessionRequests() {}

    /** A bid: a price, or a maximum up to which the session bids, or both. */
    record BidRequest(
            @Nullable String sessionId,
            @Nullable BigDecimal price,
            @Nullable BigDecimal maxPrice) {

        String session() {
            if (sessionId == null) {
                throw invalid("session_id", "is missing");
            }
            if (!ID.matcher(sessionId).matches()) {
                throw new ProblemException(BiddingRejection.UNKNOWN_SESSION);
            }
            return sessionId;
        }

        /** The command it is, from a member of this name and weight. */
        SessionCommand<SessionAnswer.BidAccepted> command(String name, int weightHundredths) {
            if (maxPrice != null) {
                Long priceCents = price == null ? null : (Long) cents("price", price);
                return new PlaceProxyBid(name, weightHundredths, priceCents, cents("max_price", maxPrice));
            }
            if (price == null) {
                throw invalid("price", "is missing");
            }
            return new PlaceBid(name, weightHundredths, cents("price", price));
        }

        private static long cents(String field, BigDecimal value) {
            OptionalLong cents = Decimals.scaled(value, Decimals.CENTS_PLACES);
            if (cents.isEmpty()) {
                throw invalid(field, "must have at most two decimals and be at most 9999999999.99");
            }
            return cents.getAsLong();
        }
    }

    /** Why an admin cancels or pauses. */
    record Reason(@Nullable String reason) {}

    /** Whose bid an admin takes off the board, and why. */
    record RetractRequest(@Nullable String userId, @Nullable String reason) {}

    static SessionTerms terms(Proposal proposal, long nowMillis) {
        Proposal.Outcome outcome = proposal.terms(nowMillis);
        if (outcome instanceof Proposal.Fit fit) {
            return fit.terms();
        }
        List<Problem.FieldError> errors = ((Proposal.Unfit) outcome)
                .problems().stream()
                        .map(problem -> new Problem.FieldError(problem.field(), problem.detail()))
                        .toList();
        throw new ProblemException(BiddingRejection.TERMS_INVALID, BiddingRejection.TERMS_INVALID.detail(), errors);
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(
                HttpRejection.INVALID_FIELD,
                HttpRejection.INVALID_FIELD.detail(),
                List.of(new Problem.FieldError(field, detail)));
    }
}
