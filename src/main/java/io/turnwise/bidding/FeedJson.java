package io.turnwise.bidding;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Messages of a session's feed as clients see them; the same over both kinds of streams. */
final class FeedJson {

    private FeedJson() {}

    /**
     * One message.
     *
     * @param id of an event: who has had it comes again with it; absent of a state
     * @param sequence the session's version; who has had this message has had all events up to it
     */
    record Message(String type, @Nullable Long id, long sequence, Object data) {}

    /** The answer to a message of the client's. */
    record Answer(String type, @Nullable String key, int status, Object data) {}

    record Change(
            String sessionId,
            Phase state,
            Instant endsAt,
            @Nullable BigDecimal finalPrice,
            @Nullable String cancelReason,
            Instant at) {

        static Change of(String sessionId, SessionNotice.SessionChange change) {
            return new Change(
                    sessionId,
                    change.phase(),
                    Instant.ofEpochMilli(change.endsAtMillis()),
                    SessionJson.priceOrNull(change.finalPriceCents()),
                    change.cancelReason(),
                    Instant.ofEpochMilli(change.atMillis()));
        }
    }

    record Retracted(String sessionId, String reason, Instant at) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Outbid(
            String sessionId, int rank, BigDecimal price, BigDecimal score, BigDecimal thresholdScore, Instant at) {

        static Outbid of(String sessionId, SessionNotice.Outbid outbid) {
            return new Outbid(
                    sessionId,
                    outbid.rank(),
                    SessionJson.price(outbid.priceCents()),
                    SessionJson.micros(outbid.scoreMicros()),
                    SessionJson.micros(outbid.thresholdScoreMicros()),
                    Instant.ofEpochMilli(outbid.atMillis()));
        }
    }
}
