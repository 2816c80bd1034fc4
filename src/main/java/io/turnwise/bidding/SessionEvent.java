package io.turnwise.bidding;

import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.turn.Event;
import io.turnwise.turn.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that can happen to a bidding session; what the stamp already says (who, when, in which order) is not repeated.
 */
sealed interface SessionEvent extends Event<BiddingSession> {

    record SessionScheduled(SessionTerms terms) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this);
        }
    }

    record SessionChanged(SessionTerms terms) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this);
        }
    }

    record SessionOpened() implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this);
        }
    }

    /** Written before a member's first bid, and before the next one whenever his name or weight has changed. */
    record BidderJoined(String name, int weightHundredths) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this, at);
        }
    }

    /**
     * The bid of the stamp's member. The score is kept, so that a later fault in the formula cannot change the past.
     */
    record BidPlaced(long priceCents, long scoreMicros) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this, at);
        }
    }

    /** Somebody has ended the session before its time; the settlement follows at once. */
    record SessionEnded(long endsAtMillis) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this);
        }
    }

    /**
     * The end, once and for all.
     *
     * @param orders in order of rank, one for each winner
     * @param finalPriceCents absent when every winner pays his own bid, or when there are none
     * @param bidderCount members who had a standing bid
     * @param bidCount accepted bids, replaced ones included
     * @param highestPriceCents of the standing bids; absent when there are none
     */
    record SessionSettled(
            List<Order> orders,
            @Nullable Long finalPriceCents,
            int bidderCount,
            long bidCount,
            @Nullable Long highestPriceCents)
            implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this);
        }
    }

    record SessionCancelled(@Nullable String reason) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this);
        }
    }
}
