package io.turnwise.bidding.redis;

import java.util.List;
import java.util.UUID;

/**
 * The keys of one board, all under one hash tag and so on one node of a Redis cluster.
 *
 * @param board sorted set, every score 0: its members sort by score, then sequence; doubles could not hold both
 * @param price sorted set, every score 0: its members sort by price, the highest first
 * @param bid hash: bidder to place, price and details
 * @param name hash: bidder to the name shown
 * @param meta hash: version and terms
 */
record BoardKeys(String board, String price, String bid, String name, String meta) {

    static BoardKeys of(String tenant, String session) {
        return tagged("{" + tenant + ":" + session + "}");
    }

    /** Keys on the same node for a board that is being filled. */
    BoardKeys fresh() {
        return tagged(board.substring("board:".length()) + ":" + UUID.randomUUID());
    }

    private static BoardKeys tagged(String tag) {
        return new BoardKeys("board:" + tag, "price:" + tag, "bid:" + tag, "name:" + tag, "meta:" + tag);
    }

    List<String> all() {
        return List.of(board, price, bid, name, meta);
    }

    List<String> standings() {
        return List.of(board, price, bid, name);
    }
}
