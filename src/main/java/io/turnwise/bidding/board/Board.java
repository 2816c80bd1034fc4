package io.turnwise.bidding.board;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Every bidder's standing bid, ranked: the higher score first, of equal scores the earlier bid.
 *
 * <p>Mutable and owned by one session; what it hands out are immutable copies. Stored as the plain list of standings.
 */
public final class Board {

    private final Map<String, Standing> byBidder;
    private final Ranking byScore;
    /** Its first is the highest price, which may go down again when bids are replaced. */
    private final Ranking byPrice;

    public Board() {
        this(new HashMap<>(), new Ranking(), new Ranking());
    }

    private Board(Map<String, Standing> byBidder, Ranking byScore, Ranking byPrice) {
        this.byBidder = byBidder;
        this.byScore = byScore;
        this.byPrice = byPrice;
    }

    @JsonCreator
    public static Board of(List<Standing> standings) {
        Board board = new Board();
        standings.forEach(board::place);
        return board;
    }

    /** Another board with the same bids. */
    public Board copy() {
        return new Board(new HashMap<>(byBidder), byScore.copy(), byPrice.copy());
    }

    /** Takes a bid in; it replaces the bidder's former one. */
    public void place(Standing standing) {
        remove(standing.bidder());
        byBidder.put(standing.bidder(), standing);
        byScore.add(standing.scoreMicros(), standing);
        byPrice.add(standing.priceCents(), standing);
    }

    /** Takes a bidder's bid out; no effect if he has none. */
    public void remove(String bidder) {
        Standing former = byBidder.remove(bidder);
        if (former != null) {
            byScore.remove(former.scoreMicros(), former.sequence());
            byPrice.remove(former.priceCents(), former.sequence());
        }
    }

    public int size() {
        return byScore.size();
    }

    public @Nullable Standing standing(String bidder) {
        return byBidder.get(bidder);
    }

    /** Counted from 1; empty if he has no bid. */
    public OptionalInt rank(String bidder) {
        Standing standing = byBidder.get(bidder);
        return standing == null
                ? OptionalInt.empty()
                : OptionalInt.of(1 + byScore.indexOf(standing.scoreMicros(), standing.sequence()));
    }

    /** Who has this rank, counted from 1; nobody beyond the last. */
    public @Nullable Standing ranked(int rank) {
        return rank < 1 || rank > size() ? null : byScore.at(rank - 1);
    }

    /** Who offers the highest price, of equal prices the earlier; nobody while there are no bids. */
    public @Nullable Standing leader() {
        return size() == 0 ? null : byPrice.at(0);
    }

    /** Whether other members would hold the first {@code places} if these bids stood in place of their bidders' own. */
    public boolean wouldChangeTop(int places, List<Standing> placed) {
        for (Standing next : placed) {
            OptionalInt rank = rank(next.bidder());
            boolean isIn = rank.isPresent() && rank.getAsInt() <= places;
            if (isIn != (aheadOf(next, placed) < places)) {
                return true;
            }
        }
        return false;
    }

    private int aheadOf(Standing next, List<Standing> placed) {
        int ahead = size() == 0 ? 0 : byScore.indexOf(next.scoreMicros(), next.sequence());
        for (Standing other : placed) {
            Standing former = byBidder.get(other.bidder());
            if (former != null && former.isAheadOf(next)) {
                ahead--;
            }
            if (other.isAheadOf(next)) {
                ahead++;
            }
        }
        return ahead;
    }

    public List<Standing> top(int limit) {
        return page(0, limit);
    }

    /** In order of rank, those after the first {@code offset}. */
    public List<Standing> page(int offset, int limit) {
        return List.copyOf(byScore.slice(offset, limit));
    }

    /** The bidder amid at most {@code eachSide} above and below him, in order of rank; empty if he has no bid. */
    public List<Standing> neighbours(String bidder, int eachSide) {
        OptionalInt rank = rank(bidder);
        if (rank.isEmpty()) {
            return List.of();
        }
        int first = Math.max(1, rank.getAsInt() - eachSide);
        return page(first - 1, rank.getAsInt() + eachSide - first + 1);
    }

    /** The highest standing price, which need not be that of the highest score. */
    public OptionalLong highestPriceCents() {
        return size() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(byPrice.at(0).priceCents());
    }

    /** All of it, in order of rank. */
    @JsonValue
    public List<Standing> standings() {
        return page(0, size());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Board board && byBidder.equals(board.byBidder);
    }

    @Override
    public int hashCode() {
        return byBidder.hashCode();
    }

    @Override
    public String toString() {
        return "Board of " + size();
    }
}
