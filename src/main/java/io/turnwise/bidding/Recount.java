package io.turnwise.bidding;

import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.terms.Scoring;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.bidding.terms.TimeUnit;
import io.turnwise.turn.Event;
import io.turnwise.turn.Stamp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session counted again from its events alone, as one would on paper: no board, no state of the entity, scores in
 * decimals. What it finds at odds with the events it lists.
 */
final class Recount {

    /** A fault of more than so many bids is told by the first of them. */
    private static final int FAULTS_MAX = 20;

    private record Bidder(String name, int weightHundredths) {}

    private final Map<String, Bidder> bidders = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private @Nullable SessionTerms terms;
    private long endsAtMillis;
    private @Nullable Settlement settled;
    private long bidCount;
    private long version;

    /** Counts one event; they come in order. */
    void count(Event<BiddingSession> event, Stamp at) {
        version = at.version();
        if (event instanceof SessionEvent.SessionScheduled scheduled) {
            terms(scheduled.terms());
        } else if (event instanceof SessionEvent.SessionChanged changed) {
            terms(changed.terms());
        } else if (event instanceof SessionEvent.BidderJoined joined) {
            bidders.put(at.by(), new Bidder(joined.name(), joined.weightHundredths()));
        } else if (event instanceof SessionEvent.BidPlaced bid) {
            bid(at.by(), bid.priceCents(), bid.scoreMicros(), at);
        } else if (event instanceof SessionEvent.ProxyBidPlaced bid) {
            bid(bid.bidder(), bid.priceCents(), bid.scoreMicros(), at);
        } else if (event instanceof SessionEvent.BidRetracted retracted) {
            standings.remove(retracted.bidder());
            endsAtMillis = retracted.endsAtMillis() == null ? endsAtMillis : retracted.endsAtMillis();
        } else if (event instanceof SessionEvent.SessionExtended extended) {
            endsAtMillis = extended.endsAtMillis();
        } else if (event instanceof SessionEvent.SessionResumed resumed) {
            endsAtMillis = resumed.endsAtMillis();
        } else if (event instanceof SessionEvent.SessionEnded ended) {
            endsAtMillis = ended.endsAtMillis();
        } else if (event instanceof SessionEvent.SessionSettled settlement) {
            settled = new Settlement(settlement.orders(), settlement.finalPriceCents());
        }
    }

    private void terms(SessionTerms newTerms) {
        terms = newTerms;
        endsAtMillis = newTerms.endsAtMillis();
    }

    private void bid(String by, long priceCents, long scoreMicros, Stamp at) {
        bidCount++;
        Bidder bidder = bidders.get(by);
        if (terms == null || bidder == null) {
            fault("Bid " + at.version() + " is of nobody who has joined.");
            return;
        }
        if (at.atMillis() < terms.startsAtMillis() || at.atMillis() >= endsAtMillis) {
            fault("Bid " + at.version() + " was taken outside of the session's time.");
        }
        long expected = score(terms, priceCents, bidder.weightHundredths(), at.atMillis());
        if (expected != scoreMicros) {
            fault("Bid " + at.version() + " has the score " + scoreMicros + " micros instead of " + expected + ".");
        }
        standings.put(
                by,
                new Standing(
                        by,
                        bidder.name(),
                        bidder.weightHundredths(),
                        priceCents,
                        expected,
                        at.version(),
                        at.atMillis()));
    }

    /** The formula of {@link Scoring}, in decimals. */
    private static long score(SessionTerms terms, long priceCents, int weightHundredths, long atMillis) {
        Scoring scoring = terms.scoring();
        long elapsedMillis = atMillis - terms.startsAtMillis();
        long ticks = 1 + (scoring.timeUnit() == TimeUnit.SECONDS ? elapsedMillis / 1000 : elapsedMillis);
        BigDecimal linear = BigDecimal.valueOf(scoring.alphaMicros(), 6)
                .multiply(BigDecimal.valueOf(priceCents, 2))
                .add(BigDecimal.valueOf(scoring.gammaMicros(), 6).multiply(BigDecimal.valueOf(weightHundredths, 2)));
        return linear.multiply(BigDecimal.valueOf(ticks))
                .add(BigDecimal.valueOf(scoring.betaMicros(), 6))
                .divide(BigDecimal.valueOf(ticks), 6, RoundingMode.HALF_EVEN)
                .unscaledValue()
                .longValueExact();
    }

    private void fault(String fault) {
        if (faults.size() < FAULTS_MAX) {
            faults.add(fault);
        }
    }

    boolean isKnown() {
        return terms != null;
    }

    long version() {
        return version;
    }

    long bidCount() {
        return bidCount;
    }

    /** What is wrong with the bids; empty if nothing is. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** In order of rank. */
    List<Standing> ranking() {
        return standings.values().stream()
                .sorted(Comparator.comparingLong(Standing::scoreMicros)
                        .reversed()
                        .thenComparingLong(Standing::sequence))
                .toList();
    }

    /** The orders that the journal has; none while it is not settled. */
    @Nullable
    Settlement settled() {
        return settled;
    }

    /** The orders that the bids make. */
    Settlement settlement() {
        SessionTerms known = terms;
        List<Order> orders = new ArrayList<>();
        if (known == null) {
            return new Settlement(orders, null);
        }
        List<Standing> ranking = ranking();
        Long reserve = known.house().reservePriceCents();
        long least = reserve == null ? 0 : reserve;
        int places = Math.min(known.inventory(), ranking.size());
        Standing last = null;
        for (Standing each : ranking.subList(0, places)) {
            last = each.priceCents() >= least ? each : last;
        }
        Long finalCents = last == null
                ? null
                : switch (known.priceRule()) {
                    case UNIFORM_KTH -> (Long) last.priceCents();
                    case UNIFORM_NEXT -> {
                        long floor = Math.max(least, known.upsetPriceCents());
                        yield places < ranking.size()
                                ? Math.max(least, ranking.get(places).priceCents())
                                : floor;
                    }
                    case PAY_AS_BID -> null;
                };
        for (int rank = 1; rank <= places; rank++) {
            Standing each = ranking.get(rank - 1);
            if (each.priceCents() >= least) {
                long pays = finalCents == null ? each.priceCents() : Math.min(each.priceCents(), finalCents);
                orders.add(new Order(rank, each.bidder(), each.name(), each.priceCents(), pays));
            }
        }
        return new Settlement(orders, finalCents);
    }
}
