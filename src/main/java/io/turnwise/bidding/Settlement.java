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
 * @param orders in order of rank, exactly {@code min(K, bidders)}
 * @param finalPriceCents the most anybody pays; absent when every winner pays his own bid, or when there are none
 */
record Settlement(List<Order> orders, @Nullable Long finalPriceCents) {

    static Settlement of(Board board, SessionTerms terms) {
        List<Standing> winners = board.top(terms.inventory());
        Long finalPriceCents = winners.isEmpty() ? null : finalPriceCents(board, terms, winners.size());
        List<Order> orders = new ArrayList<>(winners.size());
        for (Standing winner : winners) {
            long bidCents = winner.priceCents();
            long paysCents = finalPriceCents == null ? bidCents : Math.min(bidCents, finalPriceCents);
            orders.add(new Order(orders.size() + 1, winner.bidder(), winner.name(), bidCents, paysCents));
        }
        return new Settlement(List.copyOf(orders), finalPriceCents);
    }

    private static @Nullable Long finalPriceCents(Board board, SessionTerms terms, int winners) {
        return switch (terms.priceRule()) {
            case UNIFORM_KTH -> priceCentsAt(board, winners, terms.upsetPriceCents());
            case UNIFORM_NEXT -> priceCentsAt(board, winners + 1, terms.upsetPriceCents());
            case PAY_AS_BID -> null;
        };
    }

    private static Long priceCentsAt(Board board, int rank, long otherwiseCents) {
        Standing standing = board.ranked(rank);
        return standing == null ? otherwiseCents : standing.priceCents();
    }
}
