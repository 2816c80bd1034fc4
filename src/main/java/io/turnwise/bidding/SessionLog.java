package io.turnwise.bidding;

import io.turnwise.journal.History;
import io.turnwise.turn.Event;
import io.turnwise.turn.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that was done to a session but bids: by whom, when and why. */
final class SessionLog {

    /**
     * One thing that was done.
     *
     * @param by the admin, the bidder whose bid moved the end, or {@code turnwise} for what time brought about
     * @param userId whose bid was retracted
     * @param endsAt where the end is from then on, if it moved
     */
    record Entry(
            long sequence,
            Instant at,
            String by,
            String what,
            @Nullable String userId,
            @Nullable String reason,
            @Nullable Instant endsAt) {}

    private SessionLog() {}

    /** The entries after the first {@code after}. */
    static List<Entry> read(History<BiddingSession> history, int after, int limit) {
        List<Entry> entries = new ArrayList<>();
        int[] seen = {0};
        history.tell((event, at, state) -> {
            Entry entry = entry(event, at);
            if (entry != null && seen[0]++ >= after) {
                entries.add(entry);
            }
            return entries.size() < limit;
        });
        return entries;
    }

    private static @Nullable Entry entry(Event<BiddingSession> event, Stamp at) {
        if (event instanceof SessionEvent.SessionScheduled scheduled) {
            return entry(at, "scheduled", null, null, scheduled.terms().endsAtMillis());
        }
        if (event instanceof SessionEvent.SessionChanged changed) {
            return entry(at, "changed", null, null, changed.terms().endsAtMillis());
        }
        if (event instanceof SessionEvent.SessionOpened) {
            return entry(at, "opened", null, null, null);
        }
        if (event instanceof SessionEvent.SessionExtended extended) {
            return entry(at, "extended", null, null, extended.endsAtMillis());
        }
        if (event instanceof SessionEvent.BidRetracted retracted) {
            return entry(at, "bid_retracted", retracted.bidder(), retracted.reason(), retracted.endsAtMillis());
        }
        if (event instanceof SessionEvent.SessionPaused paused) {
            return entry(at, "paused", null, paused.reason(), null);
        }
        if (event instanceof SessionEvent.SessionResumed resumed) {
            return entry(at, "resumed", null, null, resumed.endsAtMillis());
        }
        if (event instanceof SessionEvent.SessionEnded ended) {
            return entry(at, "ended", null, null, ended.endsAtMillis());
        }
        if (event instanceof SessionEvent.SessionSettled) {
            return entry(at, "settled", null, null, null);
        }
        if (event instanceof SessionEvent.SessionCancelled cancelled) {
            return entry(at, "cancelled", null, cancelled.reason(), null);
        }
        return null; // bids, and what belongs to them
    }

    private static Entry entry(
            Stamp at, String what, @Nullable String userId, @Nullable String reason, @Nullable Long endsAtMillis) {
        return new Entry(
                at.version(),
                Instant.ofEpochMilli(at.atMillis()),
                at.by(),
                what,
                userId,
                reason,
                endsAtMillis == null ? null : Instant.ofEpochMilli(endsAtMillis));
    }
}
