package io.turnwise.bidding;

import io.turnwise.bidding.board.Standing;
import io.turnwise.turn.Notice;
import io.turnwise.turn.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who must be told what of an event. */
final class SessionNotices {

    /** What everybody is told of, under its name on the wire. */
    private static final Map<Class<? extends SessionEvent>, String> PUBLIC = Map.of(
            SessionEvent.SessionOpened.class, "session_opened",
            SessionEvent.SessionExtended.class, "session_extended",
            SessionEvent.SessionPaused.class, "session_paused",
            SessionEvent.SessionResumed.class, "session_resumed",
            SessionEvent.SessionSettled.class, "session_settled",
            SessionEvent.SessionCancelled.class, "session_cancelled");

    private SessionNotices() {}

    /** Looks at the session before the event; what it gives looks at the one after. Logarithmic in the size of the board. */
    static Function<BiddingSession, List<Notice>> of(BiddingSession before, SessionEvent event, Stamp at) {
        if (event instanceof SessionEvent.BidPlaced) {
            return bid(before, at.by(), at);
        }
        if (event instanceof SessionEvent.ProxyBidPlaced proxy) {
            return bid(before, proxy.bidder(), at);
        }
        if (event instanceof SessionEvent.BidRetracted retracted) {
            return after -> retracted(after, retracted, at);
        }
        String type = PUBLIC.get(event.getClass());
        return type == null
                ? after -> List.of()
                : after -> List.of(
                        new Notice(at.version(), null, SessionNotice.SessionChange.of(type, after, at.atMillis())));
    }

    /** Why his bid is gone concerns its member alone; that the end has moved concerns everybody. */
    private static List<Notice> retracted(BiddingSession after, SessionEvent.BidRetracted event, Stamp at) {
        List<Notice> notices = new ArrayList<>(2);
        notices.add(
                new Notice(at.version(), event.bidder(), new SessionNotice.Retracted(event.reason(), at.atMillis())));
        if (event.endsAtMillis() != null) {
            notices.add(new Notice(
                    at.version(), null, SessionNotice.SessionChange.of("session_extended", after, at.atMillis())));
        }
        return notices;
    }

    private static Function<BiddingSession, List<Notice>> bid(BiddingSession before, String bidder, Stamp at) {
        Standing last = before.board().ranked(before.knownTerms().inventory());
        return after -> bid(after, bidder, last, at);
    }

    /**
     * The bidder learns that his bid is in. Of the others only one can have left the winners: whoever was the last of them.
     *
     * @param last of the winners before the bid; null if a place was free
     */
    private static List<Notice> bid(BiddingSession after, String bidder, @Nullable Standing last, Stamp at) {
        List<Notice> notices = new ArrayList<>(2);
        notices.add(new Notice(at.version(), bidder, SessionAnswer.BidAccepted.of(after, bidder)));
        if (last != null && !last.bidder().equals(bidder) && !after.hidesStandings()) {
            int rank = after.board().rank(last.bidder()).orElseThrow();
            if (!after.wins(rank, last)) {
                notices.add(new Notice(at.version(), last.bidder(), outbid(after, last, rank, at)));
            }
        }
        return notices;
    }

    private static SessionNotice.Outbid outbid(BiddingSession after, Standing member, int rank, Stamp at) {
        Standing threshold =
                Objects.requireNonNull(after.board().ranked(after.knownTerms().inventory()));
        return new SessionNotice.Outbid(
                rank, member.priceCents(), member.scoreMicros(), threshold.scoreMicros(), at.atMillis());
    }
}
