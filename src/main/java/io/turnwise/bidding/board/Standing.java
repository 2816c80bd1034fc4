package io.turnwise.bidding.board;

/**
 * A member's bid as it stands.
 *
 * @param bidder the member's subject
 * @param weightHundredths the member's weight when he bid
 * @param sequence the session's version after the bid, so the lower the earlier
 * @param atMillis when the bid arrived
 */
public record Standing(
        String bidder,
        String name,
        int weightHundredths,
        long priceCents,
        long scoreMicros,
        long sequence,
        long atMillis) {

    /** In the order of the board: by score, and of equal scores the earlier. */
    boolean isAheadOf(Standing other) {
        return scoreMicros > other.scoreMicros || (scoreMicros == other.scoreMicros && sequence < other.sequence);
    }
}
