package io.turnwise.cli.replay;

import java.util.List;

/** What a file holds: auctions in the order of their first bid, and lines that are not bids. */
record Recording(List<RecordedAuction> auctions, List<Unreadable> unreadable) {

    /**
     * A line that was left out.
     *
     * @param why what is wrong with it
     */
    record Unreadable(long line, String why) {}

    int bidCount() {
        return auctions.stream().mapToInt(auction -> auction.bids().size()).sum();
    }
}
