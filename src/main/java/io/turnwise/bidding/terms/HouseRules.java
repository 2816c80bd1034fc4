package io.turnwise.bidding.terms;

import io.turnwise.bidding.terms.SessionTerms.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an auction house may add to the plain game.
 *
 * @param antiSnipe absent when the end never moves
 * @param reservePriceCents a winner who bid less gets no order; never shown but to admins
 * @param sealed whether nobody learns how the others stand before the settlement
 * @param minIncrementCents by how much a bid must beat the top, where it must
 * @param bidsPerSecond of one member, with a burst of twice as many; 0 for as many as he likes
 */
public record HouseRules(
        @Nullable AntiSnipe antiSnipe,
        @Nullable Long reservePriceCents,
        boolean sealed,
        long minIncrementCents,
        int bidsPerSecond) {

    /** Nothing added; by these sessions were played before there were house rules. */
    public static final HouseRules NONE = new HouseRules(null, null, false, 1, 0);

    public static final int BIDS_PER_SECOND = 10;

    private static final int BIDS_PER_SECOND_MAX = 1_000_000;

    void addProblems(List<Problem> found, long upsetPriceCents, RebidRule rebidRule) {
        if (antiSnipe != null) {
            antiSnipe.addProblems(found);
        }
        if (reservePriceCents != null
                && (reservePriceCents < upsetPriceCents || reservePriceCents > Scoring.PRICE_CENTS_MAX)) {
            found.add(new Problem("reserve_price", "The reserve price must be from the upset price to 9999999999.99."));
        }
        if (minIncrementCents < 1 || minIncrementCents > Scoring.PRICE_CENTS_MAX) {
            found.add(new Problem("min_increment", "The least increment must be from 0.01 to 9999999999.99."));
        } else if (minIncrementCents > 1 && rebidRule != RebidRule.BEAT_TOP) {
            found.add(new Problem("min_increment", "A least increment needs rebid_rule BEAT_TOP."));
        }
        if (sealed && rebidRule == RebidRule.BEAT_TOP) {
            found.add(new Problem("sealed", "A sealed session cannot have rebid_rule BEAT_TOP, which tells the top."));
        }
        if (sealed && antiSnipe != null) {
            found.add(
                    new Problem("sealed", "A sealed session cannot have anti_snipe, which tells that places change."));
        }
        if (bidsPerSecond < 0 || bidsPerSecond > BIDS_PER_SECOND_MAX) {
            found.add(new Problem("bids_per_second", "bids_per_second must be from 0, for no limit, to 1000000."));
        }
    }

    /** Whether a winner at this price gets an order. */
    public boolean meetsReserve(long priceCents) {
        return reservePriceCents == null || priceCents >= reservePriceCents;
    }
}
