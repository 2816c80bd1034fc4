package io.turnwise.bidding;

import io.turnwise.bidding.terms.Decimals;
import io.turnwise.bidding.terms.Scoring;
import io.turnwise.http.Principal;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Role;
import io.turnwise.http.StrictJson;
import io.turnwise.http.Tokens;
import io.turnwise.turn.Caller;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of bids in bulk as a client sends it.
 *
 * @param key an idempotency key of the bidder's
 * @param userId who bids, when it is not the caller himself
 * @param weight of who bids; 1 if it is not said of somebody else
 */
record BulkLine(
        @Nullable String sessionId,
        @Nullable BigDecimal price,
        @Nullable String key,
        @Nullable String userId,
        @Nullable BigDecimal weight) {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");
    private static final int WEIGHT_HUNDREDTHS = 100;

    String session() {
        return new SessionRequests.BidRequest(sessionId, price, null).session();
    }

    /** The bid of this line. */
    SessionCommand<SessionAnswer.BidAccepted> bid(Principal caller) {
        return new SessionRequests.BidRequest(sessionId, price, null)
                .command(userId == null ? caller.name() : Tokens.shown(userId), weightHundredths(caller));
    }

    /** On whose behalf it is placed. */
    Caller bidder(Principal caller, Caller request) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw StrictJson.invalid("key", "must match " + KEY.pattern());
        }
        if ((userId != null || weight != null) && caller.role() != Role.BROKER && caller.role() != Role.ADMIN) {
            throw new ProblemException(BulkRejection.ONLY_FOR_BROKERS);
        }
        if (userId != null && !isSubject(userId)) {
            throw StrictJson.invalid("user_id", "must have 1 to " + Tokens.SUBJECT_BYTES_MAX + " bytes of UTF-8");
        }
        return new Caller(
                userId == null ? caller.subject() : userId,
                key,
                null,
                Caller.ANY_VERSION,
                request.correlation(),
                request.traceparent(),
                request.unpaced());
    }

    private static boolean isSubject(String text) {
        return !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length <= Tokens.SUBJECT_BYTES_MAX;
    }

    private int weightHundredths(Principal caller) {
        if (weight == null) {
            return userId == null ? caller.weightHundredths() : WEIGHT_HUNDREDTHS;
        }
        OptionalLong hundredths = Decimals.scaled(weight, Decimals.CENTS_PLACES);
        if (hundredths.isEmpty()
                || hundredths.getAsLong() < 0
                || hundredths.getAsLong() > Scoring.WEIGHT_HUNDREDTHS_MAX) {
            throw StrictJson.invalid("weight", "must be from 0 to 1000 with at most two decimals");
        }
        return (int) hundredths.getAsLong();
    }
}
