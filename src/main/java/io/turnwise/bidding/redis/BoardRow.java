package io.turnwise.bidding.redis;

import io.turnwise.bidding.board.Standing;
import java.util.List;

/** A standing as Redis holds it: hex digits whose order as text is the order of the board. */
final class BoardRow {

    private static final int HEX = 16;

    private BoardRow() {}

    /** User, place, price, details and name: the arguments of one bidder. */
    static List<String> arguments(Standing standing, boolean withName) {
        return List.of(
                standing.bidder(),
                place(standing),
                descending(standing.priceCents()),
                standing.weightHundredths() + " " + standing.atMillis(),
                withName ? standing.name() : "");
    }

    /** The member of the sorted set by score. */
    static String placeMember(Standing standing) {
        return place(standing) + ":" + standing.bidder();
    }

    /** The member of the sorted set by price. */
    static String priceMember(Standing standing) {
        return descending(standing.priceCents()) + ":" + standing.bidder();
    }

    /** Reads what {@link #arguments} wrote. */
    static Standing standing(String bidder, String stored, String name) {
        String[] details = stored.substring(3 * HEX).split(" ", 2);
        return new Standing(
                bidder,
                name,
                Integer.parseInt(details[0]),
                undescended(stored.substring(2 * HEX, 3 * HEX)),
                undescended(stored),
                Long.parseLong(stored, HEX, 2 * HEX, 16),
                Long.parseLong(details[1]));
    }

    /** The value of a number that {@link #descending} wrote at the beginning of {@code text}. */
    static long undescended(String text) {
        return Long.MAX_VALUE - Long.parseLong(text, 0, HEX, 16);
    }

    private static String place(Standing standing) {
        return descending(standing.scoreMicros()) + hex(standing.sequence());
    }

    private static String descending(long value) {
        return hex(Long.MAX_VALUE - value);
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(HEX - digits.length()) + digits;
    }
}
