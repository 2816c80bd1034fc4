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

    /**
     * The session has bid for its leader, as far as needed and no further than his maximum.
     *
     * @param bidder the leader; the stamp's member is the one whom he had to answer
     */
    record ProxyBidPlaced(String bidder, long priceCents, long scoreMicros) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this, at);
        }
    }

    /** The stamp's member, who leads, lets the session bid for him up to this price; nobody else is told. */
    record MaximumSet(long maxPriceCents) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this, at);
        }
    }

    /**
     * A bid shortly before the end has changed who wins, so the end has moved.
     *
     * @param bidSequence of the bid that caused it, the stamp's member's
     */
    record SessionExtended(long endsAtMillis, long bidSequence) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this, at);
        }
    }

    /**
     * An admin has taken a member's bid off the board; his older bids do not revive.
     *
     * @param endsAtMillis where the end is without the extensions his bids had caused; absent when they had caused none
     */
    record BidRetracted(
            String bidder, String reason, @Nullable Long endsAtMillis) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this);
        }
    }

    /** No bids are taken until the session is resumed, and its time stands still. */
    record SessionPaused(@Nullable String reason) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this, at);
        }
    }

    /** The end is later by as much as the session has stood still. */
    record SessionResumed(long endsAtMillis) implements SessionEvent {
        @Override
        public BiddingSession applyTo(BiddingSession before, Stamp at) {
            return before.on(this);
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
