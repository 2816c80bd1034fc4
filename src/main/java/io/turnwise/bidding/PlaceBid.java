package io.turnwise.bidding;

import static io.turnwise.bidding.terms.Decimals.price;

import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.terms.Scoring;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A member's bid, the stamp's member; accepted, it replaces his former one.
 *
 * @param name of the member, from his token
 * @param weightHundredths of the member, from his token
 */
record PlaceBid(String name, int weightHundredths, long priceCents)
        implements SessionCommand<SessionAnswer.BidAccepted> {

    private static final int NAME_MAX = 100;

    @Override
    public Decision<BiddingSession, SessionAnswer.BidAccepted> decide(BiddingSession session, Stamp at) {
        return switch (session.phase()) {
            case UNSCHEDULED -> Decision.refuse(BiddingRejection.UNKNOWN_SESSION);
            case SCHEDULED -> Decision.refuse(BiddingRejection.NOT_STARTED);
            case OPEN -> decideOpen(session, at);
            case SETTLED -> Decision.refuse(BiddingRejection.SESSION_ENDED);
            case CANCELLED -> Decision.refuse(BiddingRejection.SESSION_CANCELLED);
        };
    }

    private Decision<BiddingSession, SessionAnswer.BidAccepted> decideOpen(BiddingSession session, Stamp at) {
        SessionTerms terms = session.knownTerms();
        if (name.isEmpty() || name.length() > NAME_MAX || !isWeight(weightHundredths)) {
            return Decision.refuse(BiddingRejection.BIDDER_OUT_OF_RANGE);
        }
        if (priceCents < 1 || priceCents > Scoring.PRICE_CENTS_MAX) {
            return Decision.refuse(BiddingRejection.PRICE_OUT_OF_RANGE);
        }
        if (priceCents < terms.upsetPriceCents()) {
            return Decision.refuse(
                    BiddingRejection.BELOW_UPSET_PRICE,
                    "The price must be at least " + price(terms.upsetPriceCents()) + ".");
        }
        Standing own = session.board().standing(at.by());
        return switch (terms.rebidRule()) {
            case REPLACE -> accept(terms, own, at);
            case RAISE_ONLY ->
                own == null || priceCents > own.priceCents()
                        ? accept(terms, own, at)
                        : refuse(BiddingRejection.MUST_RAISE, own.priceCents());
            case BEAT_TOP -> {
                OptionalLong top = session.board().highestPriceCents();
                yield top.isEmpty() || priceCents > top.getAsLong()
                        ? accept(terms, own, at)
                        : refuse(BiddingRejection.MUST_BEAT_TOP, top.getAsLong());
            }
        };
    }

    private Decision<BiddingSession, SessionAnswer.BidAccepted> accept(
            SessionTerms terms, @Nullable Standing own, Stamp at) {
        long scoreMicros = terms.scoreMicros(priceCents, weightHundredths, at.atMillis());
        SessionEvent.BidPlaced placed = new SessionEvent.BidPlaced(priceCents, scoreMicros);
        return isKnownAs(own)
                ? Decision.accept(placed, SessionAnswer.BidAccepted::of)
                : Decision.accept(
                        List.of(new SessionEvent.BidderJoined(name, weightHundredths), placed),
                        SessionAnswer.BidAccepted::of);
    }

    private boolean isKnownAs(@Nullable Standing own) {
        return own != null
                && own.weightHundredths() == weightHundredths
                && own.name().equals(name);
    }

    private static Decision<BiddingSession, SessionAnswer.BidAccepted> refuse(
            BiddingRejection reason, long aboveCents) {
        return Decision.refuse(reason, "The price must be above " + price(aboveCents) + ".");
    }

    private static boolean isWeight(int hundredths) {
        return hundredths >= 0 && hundredths <= Scoring.WEIGHT_HUNDREDTHS_MAX;
    }
}
