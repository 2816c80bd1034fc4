package io.turnwise.bidding;

import static io.turnwise.bidding.terms.Decimals.price;

import io.turnwise.bidding.BiddingSession.Maximum;
import io.turnwise.bidding.SessionAnswer.BidAccepted;
import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.terms.RebidRule;
import io.turnwise.bidding.terms.Scoring;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Pace;
import io.turnwise.turn.Stamp;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a member offers: a price, or how far the session may go for him, or both; and the rules by which it is taken.
 *
 * @param priceCents absent for the least possible
 * @param maxCents absent when nobody bids for him
 */
record Offer(
        String name,
        int weightHundredths,
        @Nullable Long priceCents,
        @Nullable Long maxCents) {

    private static final int NAME_MAX = 100;

    /** How often one member may bid in a session. */
    static @Nullable Pace pace(BiddingSession session) {
        if (session.phase() != Phase.OPEN) {
            return null;
        }
        int perSecond = session.knownTerms().house().bidsPerSecond();
        return perSecond == 0 ? null : new Pace(perSecond, 2 * perSecond);
    }

    /** A version would tell how much has been bid. */
    static boolean tellsVersion(BiddingSession session) {
        return session.phase() == Phase.UNSCHEDULED || !session.hidesStandings();
    }

    Decision<BiddingSession, BidAccepted> decide(BiddingSession session, Stamp at) {
        return switch (session.phase()) {
            case UNSCHEDULED -> Decision.refuse(BiddingRejection.UNKNOWN_SESSION);
            case SCHEDULED -> Decision.refuse(BiddingRejection.NOT_STARTED);
            case OPEN -> decideOpen(session, at);
            case PAUSED -> Decision.refuse(BiddingRejection.SESSION_PAUSED);
            case SETTLED -> Decision.refuse(BiddingRejection.SESSION_ENDED);
            case CANCELLED -> Decision.refuse(BiddingRejection.SESSION_CANCELLED);
        };
    }

    private Decision<BiddingSession, BidAccepted> decideOpen(BiddingSession session, Stamp at) {
        SessionTerms terms = session.knownTerms();
        if (name.isEmpty() || name.length() > NAME_MAX || !isWeight(weightHundredths)) {
            return Decision.refuse(BiddingRejection.BIDDER_OUT_OF_RANGE);
        }
        if (isOutOfRange(priceCents) || isOutOfRange(maxCents)) {
            return Decision.refuse(BiddingRejection.PRICE_OUT_OF_RANGE);
        }
        if (maxCents != null && terms.rebidRule() != RebidRule.BEAT_TOP) {
            return Decision.refuse(BiddingRejection.NO_PROXY);
        }
        if (priceCents != null && priceCents < terms.upsetPriceCents()) {
            return Decision.refuse(BiddingRejection.BELOW_UPSET_PRICE, atLeast(terms.upsetPriceCents()));
        }
        if (terms.rebidRule() == RebidRule.BEAT_TOP) {
            return contest(session, at);
        }
        long cents = Objects.requireNonNull(priceCents, "only a proxy bid can be without a price");
        Standing own = session.board().standing(at.by());
        if (terms.rebidRule() == RebidRule.RAISE_ONLY && own != null && cents <= own.priceCents()) {
            return Decision.refuse(
                    BiddingRejection.MUST_RAISE, "The price must be above " + price(own.priceCents()) + ".");
        }
        Placing placing = new Placing(session, at);
        placing.place(this, cents);
        return placing.accept();
    }

    /** Whoever bids must beat the top by an increment, and the leader's maximum answers for him. */
    private Decision<BiddingSession, BidAccepted> contest(BiddingSession session, Stamp at) {
        SessionTerms terms = session.knownTerms();
        long incrementCents = terms.house().minIncrementCents();
        Standing leader = session.board().leader();
        boolean leads = leader != null && leader.bidder().equals(at.by());
        if (leads && priceCents == null) {
            return moveMaximum(Objects.requireNonNull(leader));
        }
        long leastCents = leader == null
                ? terms.upsetPriceCents()
                : Math.max(terms.upsetPriceCents(), leader.priceCents() + incrementCents);
        long openingCents = priceCents == null ? leastCents : priceCents;
        if (openingCents < leastCents) {
            return Decision.refuse(BiddingRejection.MUST_BEAT_TOP, atLeast(leastCents));
        }
        if (maxCents != null && maxCents < openingCents) {
            return priceCents == null
                    ? Decision.refuse(
                            BiddingRejection.MUST_BEAT_TOP, "The maximum must be at least " + price(leastCents) + ".")
                    : Decision.refuse(BiddingRejection.MAXIMUM_TOO_LOW);
        }
        Placing placing = new Placing(session, at);
        long limitCents = maxCents == null ? openingCents : maxCents;
        long rivalCents = leader == null || leads ? 0 : reachCents(session, leader);
        if (leader != null && rivalCents >= limitCents) { // of two equal maxima the earlier wins
            placing.answerFor(leader, Math.min(rivalCents, limitCents + incrementCents));
            placing.place(this, limitCents);
            return placing.accept();
        }
        long ownCents = openingCents;
        if (leader != null && rivalCents >= openingCents) {
            placing.answerFor(leader, rivalCents);
            ownCents = Math.min(limitCents, rivalCents + incrementCents);
        }
        placing.place(this, ownCents);
        if (maxCents != null && (leads || maxCents > ownCents)) { // who leads may lower what he has set before
            placing.add(new SessionEvent.MaximumSet(maxCents));
        }
        return placing.accept();
    }

    private Decision<BiddingSession, BidAccepted> moveMaximum(Standing own) {
        long newMaxCents = Objects.requireNonNull(maxCents, "an offer has a price or a maximum");
        return newMaxCents < own.priceCents()
                ? Decision.refuse(BiddingRejection.MAXIMUM_TOO_LOW)
                : Decision.accept(List.of(new SessionEvent.MaximumSet(newMaxCents)), BidAccepted::of);
    }

    /** How far the leader goes. */
    private static long reachCents(BiddingSession session, Standing leader) {
        Maximum maximum = session.maximum();
        return maximum != null && maximum.bidder().equals(leader.bidder())
                ? Math.max(leader.priceCents(), maximum.priceCents())
                : leader.priceCents();
    }

    private static String atLeast(long cents) {
        return "The price must be at least " + price(cents) + ".";
    }

    private static boolean isOutOfRange(@Nullable Long cents) {
        return cents != null && (cents < 1 || cents > Scoring.PRICE_CENTS_MAX);
    }

    private static boolean isWeight(int hundredths) {
        return hundredths >= 0 && hundredths <= Scoring.WEIGHT_HUNDREDTHS_MAX;
    }
}
