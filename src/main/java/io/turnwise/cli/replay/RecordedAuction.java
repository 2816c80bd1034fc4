package io.turnwise.cli.replay;

import java.util.List;

/**
 * One auction as it was recorded.
 *
 * @param closingPriceCents what the file says it went for
 * @param bids at least one, in the order of the file
 */
record RecordedAuction(String id, String item, long closingPriceCents, List<RecordedBid> bids) {

    /** How long after its start the last bid came. */
    long lengthMillis() {
        return bids.stream().mapToLong(RecordedBid::offsetMillis).max().orElse(0);
    }
}
