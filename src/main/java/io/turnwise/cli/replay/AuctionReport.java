package io.turnwise.cli.replay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one auction.
 *
 * @param refused how many bids, by the code of the refusal
 * @param expected what its bids say
 * @param actual what the node says; absent exactly when {@code failure} is not
 */
record AuctionReport(
        RecordedAuction auction,
        int accepted,
        Map<String, Integer> refused,
        Deal expected,
        @Nullable Deal actual,
        @Nullable String failure) {

    int sent() {
        return accepted + refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean agreesWithBids() {
        return expected.equals(actual);
    }

    /** Whether it went for what the file says. */
    boolean agreesWithFile() {
        return actual != null && actual.priceCents() == auction.closingPriceCents();
    }
}
