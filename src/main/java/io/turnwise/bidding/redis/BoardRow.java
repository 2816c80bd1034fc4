package io.turnwise.bidding.redis;

import io.turnwise.bidding.board.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A standing as Redis holds it: as hex digits whose order as text is the order of the board.
 *
 * @param name absent in a change when it stays what it was
 */
public record BoardRow(
        String bidder, @Nullable String name, long priceCents, long scoreMicros, long sequence, long atMillis) {

    private static final int HEX = 16;

    public static BoardRow of(Standing standing) {
        return new BoardRow(
                standing.bidder(),
                standing.name(),
                standing.priceCents(),
                standing.scoreMicros(),
                standing.sequence(),
                standing.atMillis());
    }

    /** Bidder, place, price, time and name: what the scripts take for one bidder. */
    List<String> arguments() {
        return List.of(bidder, place(), descending(priceCents), Long.toString(atMillis), shownName());
    }

    /** What the script keeps of these in the hash of bids. */
    String stored() {
        return place() + descending(priceCents) + atMillis;
    }

    String shownName() {
        return name == null ? "" : name;
    }

    /** Reads what {@link #arguments} wrote. */
    static BoardRow read(String bidder, String stored, String name) {
        return new BoardRow(
                bidder,
                name,
                leading(stored.substring(2 * HEX)),
                leading(stored),
                Long.parseLong(stored, HEX, 2 * HEX, HEX),
                Long.parseLong(stored.substring(3 * HEX)));
    }

    /** The score or price with which a member of a sorted set begins. */
    static long leading(String member) {
        return Long.MAX_VALUE - Long.parseUnsignedLong(member, 0, HEX, HEX);
    }

    /** Its member of the sorted set by score. */
    String placeMember() {
        return place() + ":" + bidder;
    }

    /** Its member of the sorted set by price. */
    String priceMember() {
        return descending(priceCents) + ":" + bidder;
    }

    private String place() {
        return descending(scoreMicros) + hex(sequence);
    }

    private static String descending(long value) {
        return hex(Long.MAX_VALUE - value);
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(HEX - digits.length()) + digits;
    }
}
