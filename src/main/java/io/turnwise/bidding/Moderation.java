package io.turnwise.bidding;

import io.turnwise.bidding.BiddingSession.Extension;
import io.turnwise.bidding.SessionAnswer.SessionView;
import io.turnwise.bidding.terms.AntiSnipe;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.bidding.terms.Wording;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;
import org.jspecify.annotations.Nullable;

/** How an admin steps into a session that has started; who did it, when and why stays in the journal. */
sealed interface Moderation extends SessionCommand<SessionView> {

    int REASON_MAX = 1_000;

    /** Whoever wins after a retraction, the others have at least this long to answer. */
    long LEFT_MILLIS_MIN = 10_000;

    /** What is wrong with a reason; nothing if it can be kept. */
    static @Nullable BiddingRejection wrongWith(@Nullable String reason) {
        if (reason != null && reason.length() > REASON_MAX) {
            return BiddingRejection.REASON_TOO_LONG;
        }
        return reason != null && !Wording.isStorable(reason) ? BiddingRejection.REASON_UNSTORABLE : null;
    }

    /** Decides what is asked of a session that is open or paused. */
    Decision<BiddingSession, SessionView> decideUnderWay(BiddingSession session, Stamp at);

    @Override
    default Decision<BiddingSession, SessionView> decide(BiddingSession session, Stamp at) {
        return switch (session.phase()) {
            case UNSCHEDULED -> Decision.refuse(BiddingRejection.UNKNOWN_SESSION);
            case SCHEDULED -> Decision.refuse(BiddingRejection.NOT_STARTED);
            case OPEN, PAUSED -> decideUnderWay(session, at);
            case SETTLED -> Decision.refuse(BiddingRejection.ALREADY_ENDED);
            case CANCELLED -> Decision.refuse(BiddingRejection.SESSION_CANCELLED);
        };
    }

    /** Stops bids and time until the session is resumed. */
    record PauseSession(@Nullable String reason) implements Moderation {
        @Override
        public Decision<BiddingSession, SessionView> decideUnderWay(BiddingSession session, Stamp at) {
            BiddingRejection wrong = wrongWith(reason);
            if (wrong != null) {
                return Decision.refuse(wrong);
            }
            return session.phase() == Phase.PAUSED
                    ? Decision.refuse(BiddingRejection.SESSION_PAUSED, "The session is paused already.")
                    : Decision.accept(new SessionEvent.SessionPaused(reason), SessionView::of);
        }
    }

    /** Goes on with as much time left as there was. */
    record ResumeSession() implements Moderation {
        @Override
        public Decision<BiddingSession, SessionView> decideUnderWay(BiddingSession session, Stamp at) {
            Long pausedAtMillis = session.pausedAtMillis();
            if (pausedAtMillis == null) {
                return Decision.refuse(BiddingRejection.NOT_PAUSED);
            }
            long stoodMillis = at.atMillis() - pausedAtMillis;
            long endsAtMillis = session.knownTerms().endsAtMillis() + stoodMillis;
            return endsAtMillis > SessionTerms.TIME_MILLIS_MAX
                    ? Decision.refuse(BiddingRejection.TERMS_INVALID, "The session would end after the year 9999.")
                    : Decision.accept(new SessionEvent.SessionResumed(endsAtMillis), SessionView::of);
        }
    }

    /** Takes a member's bid off the board, and undoes the extensions that his bids have caused. */
    record RetractBid(String bidder, String reason) implements Moderation {
        @Override
        public Decision<BiddingSession, SessionView> decideUnderWay(BiddingSession session, Stamp at) {
            BiddingRejection wrong = reason.isBlank() ? BiddingRejection.REASON_MISSING : wrongWith(reason);
            if (wrong != null) {
                return Decision.refuse(wrong);
            }
            return session.board().standing(bidder) == null
                    ? Decision.refuse(BiddingRejection.NO_BID)
                    : Decision.accept(
                            new SessionEvent.BidRetracted(bidder, reason, endsAtMillis(session, at)), SessionView::of);
        }

        private @Nullable Long endsAtMillis(BiddingSession session, Stamp at) {
            AntiSnipe antiSnipe = session.knownTerms().house().antiSnipe();
            long caused = session.extensions().stream()
                    .map(Extension::bidder)
                    .filter(bidder::equals)
                    .count();
            if (antiSnipe == null || caused == 0) {
                return null;
            }
            Long pausedAtMillis = session.pausedAtMillis();
            long nowMillis = pausedAtMillis == null ? at.atMillis() : pausedAtMillis;
            long withoutThem = session.knownTerms().endsAtMillis() - caused * antiSnipe.extendMillis();
            return Math.max(withoutThem, nowMillis + LEFT_MILLIS_MIN);
        }
    }
}
