package io.turnwise.bidding;

import io.turnwise.bidding.board.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * A standing and its place.
 *
 * @param rank counted from 1
 * @param isWinning as the board stands; for good once the session is settled
 */
record Ranked(int rank, boolean isWinning, Standing standing) {

    /** Neighbours on the board, the first of them at {@code firstRank}. */
    static List<Ranked> from(int firstRank, List<Standing> standings, BiddingSession session) {
        List<Ranked> ranked = new ArrayList<>(standings.size());
        for (Standing standing : standings) {
            int rank = firstRank + ranked.size();
            ranked.add(new Ranked(rank, session.wins(rank, standing), standing));
        }
        return List.copyOf(ranked);
    }
}
