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

    record BidRequest(@Nullable String sessionId, @Nullable BigDecimal price) {

        String session() {
            if (sessionId == null) {
                throw invalid("session_id", "is missing");
            }
            if (!isId(sessionId)) {
                throw new ProblemException(BiddingRejection.UNKNOWN_SESSION);
            }
            return sessionId;
        }

        long priceCents() {
            if (price == null) {
                throw invalid("price", "is missing");
            }
            OptionalLong cents = Decimals.scaled(price, Decimals.CENTS_PLACES);
            if (cents.isEmpty()) {
                throw invalid("price", "must have at most two decimals and be at most 9999999999.99");
            }
            return cents.getAsLong();
        }
    }

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

    record CancelRequest(@Nullable String reason) {}

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
