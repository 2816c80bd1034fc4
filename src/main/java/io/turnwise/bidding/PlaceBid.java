package io.turnwise.bidding;

import io.turnwise.turn.Decision;
import io.turnwise.turn.Pace;
import io.turnwise.turn.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * A member's bid, the stamp's member; accepted, it replaces his former one.
 *
 * @param name of the member, from his token
 * @param weightHundredths of the member, from his token
 */
record PlaceBid(String name, int weightHundredths, long priceCents)
        implements SessionCommand<SessionAnswer.BidAccepted> {

    @Override
    public Decision<BiddingSession, SessionAnswer.BidAccepted> decide(BiddingSession session, Stamp at) {
        return new Offer(name, weightHundredths, priceCents, null).decide(session, at);
    }

    @Override
    public boolean tellsVersion(BiddingSession session) {
        return Offer.tellsVersion(session);
    }

    @Override
    public @Nullable Pace pace(BiddingSession session) {
        return Offer.pace(session);
    }
}
