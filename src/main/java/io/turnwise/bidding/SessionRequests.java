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
import org.jspecify.annotations.Nullable;

/** Bodies that clients send, and what is at fault with them. */
final class SessionRequests {

    private static final int ID_CHARS_MAX = 64;

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
            if (!isId(sessionId)) {
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

    /** Of letters, digits, minus and underscore; looked at for every bid. */
    private static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean isLetter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
            if (!isLetter && !(each >= '0' && each <= '9') && each != '-' && each != '_') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= ID_CHARS_MAX;
    }

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
