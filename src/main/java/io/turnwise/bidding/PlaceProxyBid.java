package io.turnwise.bidding;

import io.turnwise.turn.Decision;
import io.turnwise.turn.Pace;
import io.turnwise.turn.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * A bid with a maximum, up to which the session bids the least that keeps the member on top; only where bids must beat the
 * top. From the member who leads, without a price, it moves his maximum and nothing else.
 *
 * @param priceCents to begin with; the least possible if absent
 */
record PlaceProxyBid(
        String name, int weightHundredths, @Nullable Long priceCents, long maxPriceCents)
        implements SessionCommand<SessionAnswer.BidAccepted> {

    @Override
    public Decision<BiddingSession, SessionAnswer.BidAccepted> decide(BiddingSession session, Stamp at) {
        return new Offer(name, weightHundredths, priceCents, maxPriceCents).decide(session, at);
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
