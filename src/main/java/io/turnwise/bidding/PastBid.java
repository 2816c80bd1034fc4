package io.turnwise.bidding;

import io.turnwise.bidding.board.Standing;
import io.turnwise.turn.Stamp;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bid as it was when it was placed, whatever became of it.
 *
 * @param rank then
 * @param isWinning then
 * @param isAutomatic whether the session placed it for its member
 */
record PastBid(
        String bidder,
        String name,
        long priceCents,
        long scoreMicros,
        int rank,
        boolean isWinning,
        boolean isAutomatic,
        long sequence,
        long atMillis) {

    /** The bid that an event has placed; nothing if it has placed none. */
    static @Nullable PastBid of(SessionEvent event, Stamp at, BiddingSession after) {
        if (event instanceof SessionEvent.BidPlaced) {
            return of(at.by(), false, after);
        }
        return event instanceof SessionEvent.ProxyBidPlaced proxy ? of(proxy.bidder(), true, after) : null;
    }

    private static PastBid of(String bidder, boolean isAutomatic, BiddingSession after) {
        Standing placed = Objects.requireNonNull(after.board().standing(bidder));
        int rank = after.board().rank(bidder).orElseThrow();
        return new PastBid(
                bidder,
                placed.name(),
                placed.priceCents(),
                placed.scoreMicros(),
                rank,
                after.wins(rank, placed),
                isAutomatic,
                placed.sequence(),
                placed.atMillis());
    }
}
