package io.turnwise.bidding;

import io.turnwise.bidding.SessionAnswer.BidAccepted;
import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.terms.AntiSnipe;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one accepted offer in the making: who is placed, and whether that moves the end. */
final class Placing {

    private final BiddingSession session;
    private final SessionTerms terms;
    private final Stamp at;
    private final List<SessionEvent> events = new ArrayList<>(2);
    private final List<Standing> placed = new ArrayList<>(2);
    private long ownSequence;

    Placing(BiddingSession session, Stamp at) {
        this.session = session;
        this.terms = session.knownTerms();
        this.at = at;
    }

    /** Places the offer of the stamp's member. */
    void place(Offer offer, long priceCents) {
        Standing own = session.board().standing(at.by());
        if (!isKnown(offer, own)) {
            add(new SessionEvent.BidderJoined(offer.name(), offer.weightHundredths()));
        }
        long scoreMicros = terms.scoreMicros(priceCents, offer.weightHundredths(), at.atMillis());
        add(new SessionEvent.BidPlaced(priceCents, scoreMicros));
        ownSequence = version();
        remember(at.by(), offer.name(), offer.weightHundredths(), priceCents, scoreMicros);
    }

    /**
     * Bids for a leader who has set a maximum; nothing if he stands there already, and nothing that would lower his score, which it
     * may where early bids score higher.
     */
    void answerFor(Standing leader, long priceCents) {
        long scoreMicros = terms.scoreMicros(priceCents, leader.weightHundredths(), at.atMillis());
        if (priceCents > leader.priceCents() && scoreMicros >= leader.scoreMicros()) {
            add(new SessionEvent.ProxyBidPlaced(leader.bidder(), priceCents, scoreMicros));
            remember(leader.bidder(), leader.name(), leader.weightHundredths(), priceCents, scoreMicros);
        }
    }

    void add(SessionEvent event) {
        events.add(event);
    }

    Decision<BiddingSession, BidAccepted> accept() {
        AntiSnipe antiSnipe = terms.house().antiSnipe();
        if (antiSnipe != null
                && antiSnipe.isWithinWindow(at.atMillis(), terms.endsAtMillis())
                && session.extensions().size() < antiSnipe.maxExtensions()
                && session.board().wouldChangeTop(terms.inventory(), placed)) {
            add(new SessionEvent.SessionExtended(terms.endsAtMillis() + antiSnipe.extendMillis(), ownSequence));
        }
        return Decision.accept(events, BidAccepted::of);
    }

    /** Of the event that was added last. */
    private long version() {
        return at.version() + events.size();
    }

    private void remember(String bidder, String name, int weightHundredths, long priceCents, long scoreMicros) {
        placed.add(new Standing(bidder, name, weightHundredths, priceCents, scoreMicros, version(), at.atMillis()));
    }

    private static boolean isKnown(Offer offer, @Nullable Standing own) {
        return own != null
                && own.weightHundredths() == offer.weightHundredths()
                && own.name().equals(offer.name());
    }
}
