package io.turnwise.bidding;

import io.turnwise.bidding.board.Board;
import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.turn.Stamp;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One session as its events have made it.
 *
 * <p>Its board is mutable and shared by successive states, so a state is good until the next event only.
 *
 * @param terms absent exactly while nobody has scheduled it
 * @param bidCount of accepted bids, replaced ones included
 * @param joining the member whose bid must come next; only ever present within a decision
 * @param settlement present exactly when settled
 */
record BiddingSession(
        Phase phase,
        @Nullable SessionTerms terms,
        Board board,
        long bidCount,
        @Nullable Joining joining,
        @Nullable Settlement settlement,
        @Nullable String cancelReason) {

    /** A member on his way to a bid. */
    record Joining(String bidder, String name, int weightHundredths) {}

    static BiddingSession unscheduled() {
        return new BiddingSession(Phase.UNSCHEDULED, null, new Board(), 0, null, null, null);
    }

    /** The terms of a session that is known to be scheduled. */
    SessionTerms knownTerms() {
        return Objects.requireNonNull(terms, "an unscheduled session has no terms");
    }

    /** Whether a rank, as the board stands, wins. */
    boolean wins(int rank) {
        return phase != Phase.CANCELLED && rank <= knownTerms().inventory();
    }

    /** The score of the last winning place; empty while a place is free. */
    OptionalLong thresholdScoreMicros() {
        Standing last = board.ranked(knownTerms().inventory());
        return last == null ? OptionalLong.empty() : OptionalLong.of(last.scoreMicros());
    }

    /** What its end brings about. */
    SessionEvent.SessionSettled settle() {
        Settlement settled = Settlement.of(board, knownTerms());
        OptionalLong highest = board.highestPriceCents();
        return new SessionEvent.SessionSettled(
                settled.orders(),
                settled.finalPriceCents(),
                board.size(),
                bidCount,
                highest.isPresent() ? (Long) highest.getAsLong() : null);
    }

    BiddingSession on(SessionEvent.SessionScheduled event) {
        require(phase == Phase.UNSCHEDULED, event);
        return with(Phase.SCHEDULED, event.terms());
    }

    BiddingSession on(SessionEvent.SessionChanged event) {
        require(phase == Phase.SCHEDULED, event);
        return with(Phase.SCHEDULED, event.terms());
    }

    BiddingSession on(SessionEvent.SessionOpened event) {
        require(phase == Phase.SCHEDULED, event);
        return with(Phase.OPEN, terms);
    }

    BiddingSession on(SessionEvent.BidderJoined event, Stamp at) {
        require(phase == Phase.OPEN && joining == null, event);
        Joining next = new Joining(at.by(), event.name(), event.weightHundredths());
        return new BiddingSession(phase, terms, board, bidCount, next, settlement, cancelReason);
    }

    BiddingSession on(SessionEvent.BidPlaced event, Stamp at) {
        require(phase == Phase.OPEN && isWithin(at.atMillis()), event);
        Joining bidder = bidder(at.by(), event);
        board.place(new Standing(
                bidder.bidder(),
                bidder.name(),
                bidder.weightHundredths(),
                event.priceCents(),
                event.scoreMicros(),
                at.version(),
                at.atMillis()));
        return new BiddingSession(phase, terms, board, bidCount + 1, null, settlement, cancelReason);
    }

    BiddingSession on(SessionEvent.SessionEnded event) {
        require(phase == Phase.OPEN && event.endsAtMillis() <= knownTerms().endsAtMillis(), event);
        return with(phase, knownTerms().endingAt(event.endsAtMillis()));
    }

    BiddingSession on(SessionEvent.SessionSettled event) {
        require(phase == Phase.OPEN, event);
        require(event.orders().size() == Math.min(knownTerms().inventory(), board.size()), event);
        Settlement settled = new Settlement(List.copyOf(event.orders()), event.finalPriceCents());
        return new BiddingSession(Phase.SETTLED, terms, board, bidCount, null, settled, null);
    }

    BiddingSession on(SessionEvent.SessionCancelled event) {
        require(phase == Phase.SCHEDULED || phase == Phase.OPEN, event);
        return new BiddingSession(Phase.CANCELLED, terms, board, bidCount, null, null, event.reason());
    }

    /** Who bids: he has just joined, or is known by his former bid. */
    private Joining bidder(String by, SessionEvent event) {
        if (joining != null && joining.bidder().equals(by)) {
            return joining;
        }
        Standing former = board.standing(by);
        if (joining != null || former == null) {
            throw misfit(event);
        }
        return new Joining(by, former.name(), former.weightHundredths());
    }

    private boolean isWithin(long millis) {
        return knownTerms().startsAtMillis() <= millis && millis < knownTerms().endsAtMillis();
    }

    private BiddingSession with(Phase newPhase, @Nullable SessionTerms newTerms) {
        return new BiddingSession(newPhase, newTerms, board, bidCount, joining, settlement, cancelReason);
    }

    private void require(boolean fits, SessionEvent event) {
        if (!fits || (joining != null && !(event instanceof SessionEvent.BidPlaced))) {
            throw misfit(event);
        }
    }

    private IllegalStateException misfit(SessionEvent event) {
        return new IllegalStateException(event.getClass().getSimpleName() + " does not fit a session that is " + phase);
    }
}
