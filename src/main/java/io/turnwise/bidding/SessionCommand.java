package io.turnwise.bidding;

import io.turnwise.bidding.SessionAnswer.SessionView;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.bidding.terms.SessionTerms.Problem;
import io.turnwise.turn.Command;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a session. The phase is always that of the stamp: the kernel writes a due opening or settlement
 * before it decides.
 */
sealed interface SessionCommand<A> extends Command<BiddingSession, A>
        permits PlaceBid, PlaceProxyBid, SessionCommand.Organise, Moderation, SessionRead {

    /** What an organiser may do; it answers with the session as it is then. */
    sealed interface Organise extends SessionCommand<SessionView> {}

    /** A session whose start has passed opens in the same decision. */
    record ScheduleSession(SessionTerms terms) implements Organise {
        @Override
        public Decision<BiddingSession, SessionView> decide(BiddingSession session, Stamp at) {
            return session.phase() == Phase.UNSCHEDULED
                    ? settingTerms(new SessionEvent.SessionScheduled(terms), terms, at)
                    : Decision.refuse(BiddingRejection.ALREADY_EXISTS);
        }
    }

    /** Takes new terms in place of all of the old. */
    record ChangeSession(SessionTerms terms) implements Organise {
        @Override
        public Decision<BiddingSession, SessionView> decide(BiddingSession session, Stamp at) {
            return switch (session.phase()) {
                case UNSCHEDULED -> Decision.refuse(BiddingRejection.UNKNOWN_SESSION);
                case SCHEDULED -> settingTerms(new SessionEvent.SessionChanged(terms), terms, at);
                case OPEN, PAUSED -> Decision.refuse(BiddingRejection.ALREADY_STARTED);
                case SETTLED -> Decision.refuse(BiddingRejection.ALREADY_ENDED);
                case CANCELLED -> Decision.refuse(BiddingRejection.SESSION_CANCELLED);
            };
        }
    }

    record CancelSession(@Nullable String reason) implements Organise {

        @Override
        public Decision<BiddingSession, SessionView> decide(BiddingSession session, Stamp at) {
            BiddingRejection wrong = Moderation.wrongWith(reason);
            if (wrong != null) {
                return Decision.refuse(wrong);
            }
            return switch (session.phase()) {
                case UNSCHEDULED -> Decision.refuse(BiddingRejection.UNKNOWN_SESSION);
                case SCHEDULED, OPEN, PAUSED ->
                    Decision.accept(new SessionEvent.SessionCancelled(reason), SessionView::of);
                case SETTLED -> Decision.refuse(BiddingRejection.ALREADY_ENDED);
                case CANCELLED -> Decision.refuse(BiddingRejection.SESSION_CANCELLED);
            };
        }
    }

    /** Ends a session that has started now and settles it. */
    record CloseSession() implements Organise {
        @Override
        public Decision<BiddingSession, SessionView> decide(BiddingSession session, Stamp at) {
            return switch (session.phase()) {
                case UNSCHEDULED -> Decision.refuse(BiddingRejection.UNKNOWN_SESSION);
                case SCHEDULED ->
                    Decision.refuse(
                            BiddingRejection.NOT_STARTED, "The session has not started yet. Cancel it instead.");
                case OPEN, PAUSED -> Decision.accept(close(session, at), SessionView::of);
                case SETTLED -> Decision.refuse(BiddingRejection.ALREADY_ENDED);
                case CANCELLED -> Decision.refuse(BiddingRejection.SESSION_CANCELLED);
            };
        }

        private static List<SessionEvent> close(BiddingSession session, Stamp at) {
            // bids of this very millisecond came before and count, so it is the next one that is past the end
            // and a paused one has perhaps stood still past its end
            long endsAtMillis = Math.min(at.atMillis() + 1, session.knownTerms().endsAtMillis());
            return List.of(new SessionEvent.SessionEnded(endsAtMillis), session.settle());
        }
    }

    private static Decision<BiddingSession, SessionView> settingTerms(
            SessionEvent event, SessionTerms terms, Stamp at) {
        List<Problem> problems = terms.problems(at.atMillis());
        if (!problems.isEmpty()) {
            String detail = problems.stream().map(Problem::detail).collect(Collectors.joining(" "));
            return Decision.refuse(BiddingRejection.TERMS_INVALID, detail);
        }
        List<SessionEvent> events = new ArrayList<>();
        events.add(event);
        if (terms.startsAtMillis() <= at.atMillis()) {
            events.add(new SessionEvent.SessionOpened());
        }
        return Decision.accept(List.copyOf(events), SessionView::of);
    }
}
