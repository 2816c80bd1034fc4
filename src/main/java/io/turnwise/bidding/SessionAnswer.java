package io.turnwise.bidding;

import io.turnwise.bidding.board.Standing;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.turn.Stamp;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a session answers: immutable, copied from the state, and stored where a command had a key. */
sealed interface SessionAnswer {

    /**
     * A bid is in, and this is where it stands.
     *
     * @param sequence the session's version after the bid
     */
    record BidAccepted(
            long priceCents, long scoreMicros, int rank, boolean isWinning, long sequence, long acceptedAtMillis)
            implements SessionAnswer {

        static BidAccepted of(BiddingSession after, Stamp at) {
            Standing own = Objects.requireNonNull(after.board().standing(at.by()));
            int rank = after.board().rank(at.by()).orElseThrow();
            return new BidAccepted(
                    own.priceCents(), own.scoreMicros(), rank, after.wins(rank), own.sequence(), own.atMillis());
        }
    }

    /**
     * A session at a glance.
     *
     * @param bidderCount members with a standing bid
     * @param bidCount accepted bids, replaced ones included
     * @param thresholdScoreMicros of the last winning place; absent while a place is free
     * @param finalPriceCents present once settled with one price for all
     */
    record SessionView(
            Phase phase,
            SessionTerms terms,
            int bidderCount,
            long bidCount,
            @Nullable Long highestPriceCents,
            @Nullable Long thresholdScoreMicros,
            @Nullable Long finalPriceCents,
            @Nullable String cancelReason,
            long version)
            implements SessionAnswer {

        static SessionView of(BiddingSession session, Stamp at) {
            Settlement settlement = session.settlement();
            return new SessionView(
                    session.phase(),
                    session.knownTerms(),
                    session.board().size(),
                    session.bidCount(),
                    boxed(session.board().highestPriceCents()),
                    boxed(session.thresholdScoreMicros()),
                    settlement == null ? null : settlement.finalPriceCents(),
                    session.cancelReason(),
                    at.version());
        }
    }

    /** A stretch of the board, in order of rank. */
    record BoardPage(
            List<Ranked> rows,
            int offset,
            int totalCount,
            int inventory,
            @Nullable Long highestPriceCents,
            @Nullable Long thresholdScoreMicros,
            long version)
            implements SessionAnswer {

        static BoardPage of(BiddingSession session, int offset, int limit, Stamp at) {
            return new BoardPage(
                    Ranked.from(offset + 1, session.board().page(offset, limit), session),
                    offset,
                    session.board().size(),
                    session.knownTerms().inventory(),
                    boxed(session.board().highestPriceCents()),
                    boxed(session.thresholdScoreMicros()),
                    at.version());
        }
    }

    /**
     * Where a member stands.
     *
     * @param neighbours those around him and himself, in order of rank
     */
    record StandingView(
            Ranked own,
            List<Ranked> neighbours,
            int totalCount,
            @Nullable Long thresholdScoreMicros,
            long version) implements SessionAnswer {

        static StandingView of(BiddingSession session, Standing own, int eachSide, Stamp at) {
            int rank = session.board().rank(own.bidder()).orElseThrow();
            List<Standing> around = session.board().neighbours(own.bidder(), eachSide);
            return new StandingView(
                    new Ranked(rank, session.wins(rank), own),
                    Ranked.from(Math.max(1, rank - eachSide), around, session),
                    session.board().size(),
                    boxed(session.thresholdScoreMicros()),
                    at.version());
        }
    }

    /** A settled session and a stretch of its winners. */
    record SessionResult(SessionView session, List<Order> winners, int offset, int totalCount)
            implements SessionAnswer {}

    /**
     * A stretch of the orders.
     *
     * @param isConsistent whether there are exactly as many as there must be
     */
    record OrdersPage(List<Order> orders, int offset, int totalCount, int stock, boolean isConsistent, long version)
            implements SessionAnswer {}

    /** What a live board shows. */
    record SessionFeed(
            Phase phase,
            List<Ranked> leaders,
            @Nullable Long highestPriceCents,
            @Nullable Long thresholdScoreMicros,
            int totalCount,
            long endsAtMillis,
            long version)
            implements SessionAnswer {

        private static final int LEADERS = 10;

        static SessionFeed of(BiddingSession session, Stamp at) {
            return new SessionFeed(
                    session.phase(),
                    Ranked.from(1, session.board().top(LEADERS), session),
                    boxed(session.board().highestPriceCents()),
                    boxed(session.thresholdScoreMicros()),
                    session.board().size(),
                    session.knownTerms().endsAtMillis(),
                    at.version());
        }
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }
}
