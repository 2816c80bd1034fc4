package io.turnwise.bidding;

import io.turnwise.bidding.board.Board;
import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.turn.Stamp;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One session as its events have made it.
 *
 * <p>Its board is mutable and shared by successive states, so a state is good until the next event only.
 *
 * @param terms absent exactly while nobody has scheduled it; their end is the one in force
 * @param bidCount of accepted bids, replaced ones included
 * @param joining the member whose bid must come next; only ever present within a decision
 * @param settlement present exactly when settled
 * @param extensions of the end that are in force, in order; absent in what was stored before there were any
 * @param maximum up to which the session last was to bid for somebody; good while he leads
 * @param pausedAtMillis present exactly when paused
 */
record BiddingSession(
        Phase phase,
        @Nullable SessionTerms terms,
        Board board,
        long bidCount,
        @Nullable Joining joining,
        @Nullable Settlement settlement,
        @Nullable String cancelReason,
        List<Extension> extensions,
        @Nullable Maximum maximum,
        @Nullable Long pausedAtMillis) {

    /** A member on his way to a bid. */
    record Joining(String bidder, String name, int weightHundredths) {}

    /** One move of the end, and the bid that caused it. */
    record Extension(String bidder, long bidSequence) {}

    /** How far the session may go for a member. */
    record Maximum(String bidder, long priceCents) {}

    BiddingSession {
        extensions = extensions == null ? List.of() : extensions;
    }

    static BiddingSession unscheduled() {
        return new BiddingSession(Phase.UNSCHEDULED, null, new Board(), 0, null, null, null, List.of(), null, null);
    }

    /** The terms of a session that is known to be scheduled. */
    SessionTerms knownTerms() {
        return Objects.requireNonNull(terms, "an unscheduled session has no terms");
    }

    /** Whether a standing at this rank wins, as the board stands; what the reserve price makes of it comes with the end. */
    boolean wins(int rank, Standing standing) {
        return switch (phase) {
            case CANCELLED -> false;
            case SETTLED ->
                rank <= knownTerms().inventory() && knownTerms().house().meetsReserve(standing.priceCents());
            case UNSCHEDULED, SCHEDULED, OPEN, PAUSED -> rank <= knownTerms().inventory();
        };
    }

    /** Whether nobody but admins may learn how members stand. */
    boolean hidesStandings() {
        return phase != Phase.SETTLED && knownTerms().house().sealed();
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
        return with(Phase.OPEN, knownTerms());
    }

    BiddingSession on(SessionEvent.BidderJoined event, Stamp at) {
        require(phase == Phase.OPEN && joining == null, event);
        return with(new Joining(at.by(), event.name(), event.weightHundredths()), bidCount);
    }

    BiddingSession on(SessionEvent.BidPlaced event, Stamp at) {
        require(phase == Phase.OPEN && isWithin(at.atMillis()), event);
        return placed(bidder(at.by(), event), event.priceCents(), event.scoreMicros(), at);
    }

    BiddingSession on(SessionEvent.ProxyBidPlaced event, Stamp at) {
        require(phase == Phase.OPEN && isWithin(at.atMillis()) && board.standing(event.bidder()) != null, event);
        return placed(bidder(event.bidder(), event), event.priceCents(), event.scoreMicros(), at);
    }

    private BiddingSession placed(Joining bidder, long priceCents, long scoreMicros, Stamp at) {
        board.place(new Standing(
                bidder.bidder(),
                bidder.name(),
                bidder.weightHundredths(),
                priceCents,
                scoreMicros,
                at.version(),
                at.atMillis()));
        return with((Joining) null, bidCount + 1);
    }

    BiddingSession on(SessionEvent.MaximumSet event, Stamp at) {
        require(phase == Phase.OPEN && board.standing(at.by()) != null, event);
        return with(
                extensions,
                new Maximum(at.by(), event.maxPriceCents()),
                knownTerms().endsAtMillis());
    }

    BiddingSession on(SessionEvent.SessionExtended event, Stamp at) {
        require(phase == Phase.OPEN && event.endsAtMillis() > knownTerms().endsAtMillis(), event);
        Extension extension = new Extension(at.by(), event.bidSequence());
        List<Extension> more =
                Stream.concat(extensions.stream(), Stream.of(extension)).toList();
        return with(more, maximum, event.endsAtMillis());
    }

    BiddingSession on(SessionEvent.BidRetracted event) {
        require((phase == Phase.OPEN || phase == Phase.PAUSED) && board.standing(event.bidder()) != null, event);
        board.remove(event.bidder());
        List<Extension> left = extensions.stream()
                .filter(extension -> !extension.bidder().equals(event.bidder()))
                .toList();
        Maximum kept = maximum != null && maximum.bidder().equals(event.bidder()) ? null : maximum;
        Long endsAtMillis = event.endsAtMillis();
        return with(left, kept, endsAtMillis == null ? knownTerms().endsAtMillis() : endsAtMillis);
    }

    BiddingSession on(SessionEvent.SessionPaused event, Stamp at) {
        require(phase == Phase.OPEN, event);
        return new BiddingSession(
                Phase.PAUSED, terms, board, bidCount, null, null, null, extensions, maximum, at.atMillis());
    }

    BiddingSession on(SessionEvent.SessionResumed event) {
        require(phase == Phase.PAUSED && event.endsAtMillis() >= knownTerms().endsAtMillis(), event);
        return with(Phase.OPEN, knownTerms().endingAt(event.endsAtMillis()));
    }

    BiddingSession on(SessionEvent.SessionEnded event) {
        require(isUnderWay() && event.endsAtMillis() <= knownTerms().endsAtMillis(), event);
        return with(Phase.OPEN, knownTerms().endingAt(event.endsAtMillis()));
    }

    BiddingSession on(SessionEvent.SessionSettled event) {
        require(phase == Phase.OPEN && event.orders().size() == Settlement.orderCount(board, knownTerms()), event);
        Settlement settled = new Settlement(List.copyOf(event.orders()), event.finalPriceCents());
        return new BiddingSession(Phase.SETTLED, terms, board, bidCount, null, settled, null, extensions, null, null);
    }

    BiddingSession on(SessionEvent.SessionCancelled event) {
        require(phase == Phase.SCHEDULED || isUnderWay(), event);
        return new BiddingSession(
                Phase.CANCELLED, terms, board, bidCount, null, null, event.reason(), extensions, null, null);
    }

    private boolean isUnderWay() {
        return phase == Phase.OPEN || phase == Phase.PAUSED;
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

    /** The same with a board of its own, which no later event changes. */
    BiddingSession image() {
        return new BiddingSession(
                phase,
                terms,
                board.copy(),
                bidCount,
                joining,
                settlement,
                cancelReason,
                extensions,
                maximum,
                pausedAtMillis);
    }

    private BiddingSession with(Phase newPhase, SessionTerms newTerms) {
        return new BiddingSession(
                newPhase, newTerms, board, bidCount, joining, settlement, cancelReason, extensions, maximum, null);
    }

    private BiddingSession with(@Nullable Joining newJoining, long newBidCount) {
        return new BiddingSession(
                phase, terms, board, newBidCount, newJoining, null, null, extensions, maximum, pausedAtMillis);
    }

    private BiddingSession with(List<Extension> newExtensions, @Nullable Maximum newMaximum, long endsAtMillis) {
        SessionTerms known = knownTerms();
        SessionTerms newTerms = endsAtMillis == known.endsAtMillis() ? known : known.endingAt(endsAtMillis);
        return new BiddingSession(
                phase, newTerms, board, bidCount, null, null, null, newExtensions, newMaximum, pausedAtMillis);
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
