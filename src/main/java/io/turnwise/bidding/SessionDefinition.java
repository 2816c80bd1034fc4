package io.turnwise.bidding;

import io.turnwise.turn.Command;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Event;
import io.turnwise.turn.Notice;
import io.turnwise.turn.Stamp;
import java.util.List;
import java.util.function.Function;

/** What makes a bidding session an entity, and what time alone brings about in it: its opening and its settlement. */
final class SessionDefinition implements Definition<BiddingSession> {

    @Override
    public String type() {
        return "session";
    }

    @Override
    public BiddingSession empty() {
        return BiddingSession.unscheduled();
    }

    @Override
    public BiddingSession image(BiddingSession session) {
        return session.image();
    }

    @Override
    public long wakeAtMillis(BiddingSession session) {
        return switch (session.phase()) {
            case SCHEDULED -> session.knownTerms().startsAtMillis();
            case OPEN -> session.knownTerms().endsAtMillis();
            case UNSCHEDULED, PAUSED, SETTLED, CANCELLED -> NEVER;
        };
    }

    @Override
    public List<SessionEvent> due(BiddingSession session, Stamp at) {
        if (at.atMillis() < wakeAtMillis(session)) {
            return List.of();
        }
        return session.phase() == Phase.SCHEDULED
                ? List.of(new SessionEvent.SessionOpened())
                : List.of(session.settle());
    }

    @Override
    public int elements(BiddingSession session) {
        return session.board().size();
    }

    @Override
    public Function<BiddingSession, List<Notice>> notices(
            BiddingSession before, Event<BiddingSession> event, Stamp at) {
        return SessionNotices.of(before, (SessionEvent) event, at);
    }

    @Override
    public Command<BiddingSession, ?> feed() {
        return new SessionRead.ReadFeed();
    }
}
