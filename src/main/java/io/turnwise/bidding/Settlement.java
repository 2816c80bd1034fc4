package io.turnwise.bidding;

import io.turnwise.bidding.board.Board;
import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.terms.SessionTerms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who wins and what it costs.
 *
 * @param orders in order of rank: of the first K on the board those who meet the reserve price
 * @param finalPriceCents the most anybody pays; absent when every winner pays his own bid, or when there are none
 */
record Settlement(List<Order> orders, @Nullable Long finalPriceCents) {

    static Settlement of(Board board, SessionTerms terms) {
        List<Standing> top = board.top(terms.inventory());
        List<Order> orders = new ArrayList<>(top.size());
        Long finalPriceCents = finalPriceCents(board, terms, top);
        for (int rank = 1; rank <= top.size(); rank++) {
            Standing winner = top.get(rank - 1);
            long bidCents = winner.priceCents();
            if (terms.house().meetsReserve(bidCents)) {
                long paysCents = finalPriceCents == null ? bidCents : Math.min(bidCents, finalPriceCents);
                orders.add(new Order(rank, winner.bidder(), winner.name(), bidCents, paysCents));
            }
        }
        return new Settlement(List.copyOf(orders), finalPriceCents);
    }

    /** How many orders there must be. */
    static int orderCount(Board board, SessionTerms terms) {
        if (terms.house().reservePriceCents() == null) {
            return Math.min(terms.inventory(), board.size());
        }
        return (int) board.top(terms.inventory()).stream()
                .filter(winner -> terms.house().meetsReserve(winner.priceCents()))
                .count();
    }

    private static @Nullable Long finalPriceCents(Board board, SessionTerms terms, List<Standing> top) {
        Standing last = null;
        for (Standing winner : top) {
            last = terms.house().meetsReserve(winner.priceCents()) ? winner : last;
        }
        if (last == null) {
            return null;
        }
        return switch (terms.priceRule()) {
            case UNIFORM_KTH -> (Long) last.priceCents();
            case UNIFORM_NEXT -> (Long) nextPriceCents(board.ranked(top.size() + 1), terms);
            case PAY_AS_BID -> null;
        };
    }

    /** The seller's own price stands in for a loser who offers less. */
    private static long nextPriceCents(@Nullable Standing firstLoser, SessionTerms terms) {
        Long reserveCents = terms.house().reservePriceCents();
        long leastCents = reserveCents == null ? terms.upsetPriceCents() : reserveCents;
        return firstLoser == null ? leastCents : Math.max(leastCents, firstLoser.priceCents());
    }
}
