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
     * @param rank 0 in a session that does not tell
     * @param isWinning false in a session that does not tell
     * @param sequence the session's version after the bid
     */
    record BidAccepted(
            long priceCents, long scoreMicros, int rank, boolean isWinning, long sequence, long acceptedAtMillis)
            implements SessionAnswer {

        static BidAccepted of(BiddingSession after, Stamp at) {
            return of(after, at.by());
        }

        static BidAccepted of(BiddingSession after, String bidder) {
            Standing own = Objects.requireNonNull(after.board().standing(bidder));
            int rank = after.hidesStandings() ? 0 : after.board().rank(bidder).orElseThrow();
            boolean isWinning = rank > 0 && after.wins(rank, own);
            return new BidAccepted(
                    own.priceCents(), own.scoreMicros(), rank, isWinning, own.sequence(), own.atMillis());
        }
    }

    /**
     * A session at a glance.
     *
     * @param bidderCount members with a standing bid
     * @param bidCount accepted bids, replaced ones included
     * @param thresholdScoreMicros of the last winning place; absent while a place is free
     * @param finalPriceCents present once settled with one price for all
     * @param extensions of the end in force; absent in what was stored before there were any
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
            long version,
            int extensions)
            implements SessionAnswer {

        /** Whether nobody but admins may learn how members stand. */
        boolean sealedStill() {
            return phase != Phase.SETTLED && terms.house().sealed();
        }

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
                    at.version(),
                    session.extensions().size());
        }
    }

    /**
     * A stretch of the board, in order of rank.
     *
     * @param hidden whether nobody but admins may see it
     */
    record BoardPage(
            List<Ranked> rows,
            int offset,
            int totalCount,
            int inventory,
            @Nullable Long highestPriceCents,
            @Nullable Long thresholdScoreMicros,
            long version,
            boolean hidden)
            implements SessionAnswer {

        static BoardPage of(BiddingSession session, int offset, int limit, Stamp at) {
            return new BoardPage(
                    Ranked.from(offset + 1, session.board().page(offset, limit), session),
                    offset,
                    session.board().size(),
                    session.knownTerms().inventory(),
                    boxed(session.board().highestPriceCents()),
                    boxed(session.thresholdScoreMicros()),
                    at.version(),
                    session.hidesStandings());
        }
    }

    /**
     * Where a member stands.
     *
     * @param neighbours those around him and himself, in order of rank
     * @param hidden whether nobody but admins may see more than his own price and score
     */
    record StandingView(
            Ranked own,
            List<Ranked> neighbours,
            int totalCount,
            @Nullable Long thresholdScoreMicros,
            long version,
            boolean hidden)
            implements SessionAnswer {

        static StandingView of(BiddingSession session, Standing own, int eachSide, Stamp at) {
            int rank = session.board().rank(own.bidder()).orElseThrow();
            List<Standing> around = session.board().neighbours(own.bidder(), eachSide);
            return new StandingView(
                    new Ranked(rank, session.wins(rank, own), own),
                    Ranked.from(Math.max(1, rank - eachSide), around, session),
                    session.board().size(),
                    boxed(session.thresholdScoreMicros()),
                    at.version(),
                    session.hidesStandings());
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

    /**
     * What a live board shows.
     *
     * @param hidden whether nobody but admins may see how members stand
     */
    record SessionFeed(
            Phase phase,
            List<Ranked> leaders,
            @Nullable Long highestPriceCents,
            @Nullable Long thresholdScoreMicros,
            int totalCount,
            long endsAtMillis,
            long version,
            boolean hidden)
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
                    at.version(),
                    session.hidesStandings());
        }
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }
}
