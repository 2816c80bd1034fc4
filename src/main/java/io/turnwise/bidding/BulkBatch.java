package io.turnwise.bidding;

import io.turnwise.http.Problem;
import io.turnwise.turn.Mailboxes;
import io.turnwise.turn.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines on their way: what was read of each, and what was replied to those that are bids. */
final class BulkBatch {

    /** What one line came to, or the body as a whole. */
    sealed interface Read {}

    /** A bid; {@code place} is that of its reply in the batch. */
    record Bid(
            int place,
            long number,
            String session,
            @Nullable String key,
            Mailboxes.Asked<BiddingSession> asked) implements Read {}

    /** No bid, and why. */
    record Fault(
            Problem problem,
            @Nullable String session,
            @Nullable String key) implements Read {}

    private final List<Read> lines = new ArrayList<>();
    private final List<@Nullable Reply> replies = new ArrayList<>();
    private boolean isLast;

    void add(long number, String session, @Nullable String key, Mailboxes.Asked<BiddingSession> asked) {
        lines.add(new Bid(replies.size(), number, session, key, asked));
        replies.add(null);
    }

    void add(Fault fault) {
        lines.add(fault);
    }

    /** Nothing is read after this batch. */
    void end(Problem why) {
        add(new Fault(why, null, null));
        isLast = true;
    }

    boolean isLast() {
        return isLast;
    }

    List<Read> lines() {
        return lines;
    }

    /** In the order of the lines. */
    Map<String, List<Bid>> bidsBySession() {
        Map<String, List<Bid>> bids = new LinkedHashMap<>();
        for (Read line : lines) {
            if (line instanceof Bid bid) {
                bids.computeIfAbsent(bid.session(), session -> new ArrayList<>())
                        .add(bid);
            }
        }
        return bids;
    }

    void reply(Bid to, Reply reply) {
        replies.set(to.place(), reply);
    }

    @Nullable
    Reply replyTo(Bid bid) {
        return replies.get(bid.place());
    }
}
