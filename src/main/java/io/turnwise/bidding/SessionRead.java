package io.turnwise.bidding;

import io.turnwise.bidding.board.Standing;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;
import java.util.List;

/** What can be read of a session, from memory and between turns; long lists in pages. */
sealed interface SessionRead<A extends SessionAnswer> extends SessionCommand<A> {

    /** With the longest names a page is still below the 128 KB that a message between nodes may have. */
    int PAGE_MAX = 100;

    int NEIGHBOURS_MAX = 25;

    /** Reads a session that somebody has scheduled. */
    Decision<BiddingSession, A> read(BiddingSession session, Stamp at);

    @Override
    default Decision<BiddingSession, A> decide(BiddingSession session, Stamp at) {
        return session.phase() == Phase.UNSCHEDULED
                ? Decision.refuse(BiddingRejection.UNKNOWN_SESSION)
                : read(session, at);
    }

    record ReadSession() implements SessionRead<SessionAnswer.SessionView> {
        @Override
        public Decision<BiddingSession, SessionAnswer.SessionView> read(BiddingSession session, Stamp at) {
            return Decision.answer(SessionAnswer.SessionView.of(session, at));
        }
    }

    record ReadBoard(int offset, int limit) implements SessionRead<SessionAnswer.BoardPage> {
        @Override
        public Decision<BiddingSession, SessionAnswer.BoardPage> read(BiddingSession session, Stamp at) {
            return isPage(offset, limit)
                    ? Decision.answer(SessionAnswer.BoardPage.of(session, offset, limit, at))
                    : Decision.refuse(BiddingRejection.PAGE_OUT_OF_RANGE);
        }
    }

    /**
     * Reads where one member stands.
     *
     * @param neighbours how many to read above him, and how many below
     */
    record ReadStanding(String bidder, int neighbours) implements SessionRead<SessionAnswer.StandingView> {
        @Override
        public Decision<BiddingSession, SessionAnswer.StandingView> read(BiddingSession session, Stamp at) {
            if (neighbours < 0 || neighbours > NEIGHBOURS_MAX) {
                return Decision.refuse(BiddingRejection.PAGE_OUT_OF_RANGE);
            }
            Standing own = session.board().standing(bidder);
            return own == null
                    ? Decision.refuse(BiddingRejection.NO_BID)
                    : Decision.answer(SessionAnswer.StandingView.of(session, own, neighbours, at));
        }
    }

    record ReadResult(int offset, int limit) implements SessionRead<SessionAnswer.SessionResult> {
        @Override
        public Decision<BiddingSession, SessionAnswer.SessionResult> read(BiddingSession session, Stamp at) {
            Settlement settlement = session.settlement();
            if (settlement == null) {
                return refuseUnsettled(session);
            }
            if (!isPage(offset, limit)) {
                return Decision.refuse(BiddingRejection.PAGE_OUT_OF_RANGE);
            }
            List<Order> orders = settlement.orders();
            return Decision.answer(new SessionAnswer.SessionResult(
                    SessionAnswer.SessionView.of(session, at), page(orders, offset, limit), offset, orders.size()));
        }
    }

    record ReadOrders(int offset, int limit) implements SessionRead<SessionAnswer.OrdersPage> {
        @Override
        public Decision<BiddingSession, SessionAnswer.OrdersPage> read(BiddingSession session, Stamp at) {
            Settlement settlement = session.settlement();
            if (settlement == null) {
                return refuseUnsettled(session);
            }
            if (!isPage(offset, limit)) {
                return Decision.refuse(BiddingRejection.PAGE_OUT_OF_RANGE);
            }
            List<Order> orders = settlement.orders();
            int stock = session.knownTerms().inventory();
            boolean isConsistent = settlement.equals(Settlement.of(session.board(), session.knownTerms()));
            return Decision.answer(new SessionAnswer.OrdersPage(
                    page(orders, offset, limit), offset, orders.size(), stock, isConsistent, at.version()));
        }
    }

    record ReadFeed() implements SessionRead<SessionAnswer.SessionFeed> {
        @Override
        public Decision<BiddingSession, SessionAnswer.SessionFeed> read(BiddingSession session, Stamp at) {
            return Decision.answer(SessionAnswer.SessionFeed.of(session, at));
        }
    }

    private static boolean isPage(int offset, int limit) {
        return offset >= 0 && limit >= 1 && limit <= PAGE_MAX;
    }

    private static List<Order> page(List<Order> orders, int offset, int limit) {
        int from = Math.min(offset, orders.size());
        return List.copyOf(orders.subList(from, Math.min(orders.size() - from, limit) + from));
    }

    private static <A> Decision<BiddingSession, A> refuseUnsettled(BiddingSession session) {
        return Decision.refuse(
                session.phase() == Phase.CANCELLED ? BiddingRejection.SESSION_CANCELLED : BiddingRejection.NOT_SETTLED);
    }
}
