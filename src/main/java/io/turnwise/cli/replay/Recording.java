package io.turnwise.cli.replay;

import io.turnwise.cli.csv.Unreadable;
import java.util.List;

/** What a file holds: auctions in the order of their first bid, and lines that are not bids. */
record Recording(List<RecordedAuction> auctions, List<Unreadable> unreadable) {

    int bidCount() {
        return auctions.stream().mapToInt(auction -> auction.bids().size()).sum();
    }
}
