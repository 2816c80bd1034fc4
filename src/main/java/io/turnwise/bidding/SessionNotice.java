package io.turnwise.bidding;

import org.jspecify.annotations.Nullable;

/** What readers of a session's feed get once, besides {@link SessionAnswer.BidAccepted}, which a bidder gets of his own bid. */
sealed interface SessionNotice {

    /**
     * The session itself has changed; for everybody.
     *
     * @param type on the wire: {@code session_opened}
     * @param finalPriceCents present once settled with one price for all
     */
    record SessionChange(
            String type,
            Phase phase,
            long endsAtMillis,
            @Nullable Long finalPriceCents,
            @Nullable String cancelReason,
            long atMillis)
            implements SessionNotice {

        static SessionChange of(String type, BiddingSession session, long atMillis) {
            Settlement settlement = session.settlement();
            return new SessionChange(
                    type,
                    session.phase(),
                    session.knownTerms().endsAtMillis(),
                    settlement == null ? null : settlement.finalPriceCents(),
                    session.cancelReason(),
                    atMillis);
        }
    }

    /**
     * A member was among the winners and, by somebody else's bid, no longer is; for him alone.
     *
     * @param rank where his bid stands now
     * @param thresholdScoreMicros of the last winning place
     */
    record Outbid(int rank, long priceCents, long scoreMicros, long thresholdScoreMicros, long atMillis)
            implements SessionNotice {}

    /** An admin has taken a member's bid off the board; for him alone. */
    record Retracted(String reason, long atMillis) implements SessionNotice {}
}
