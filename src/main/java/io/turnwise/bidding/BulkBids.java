package io.turnwise.bidding;

import com.typesafe.config.Config;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.LineBatch;
import io.turnwise.http.LineBatch.Line;
import io.turnwise.http.Principal;
import io.turnwise.http.Problem;
import io.turnwise.http.ProblemException;
import io.turnwise.http.StrictJson;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Mailboxes;
import io.turnwise.turn.Rejection;
import io.turnwise.turn.Reply;
import io.turnwise.turn.TurnRejection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The bids of one caller in bulk: lines are read, asked batch after batch, and answered line by line. */
final class BulkBids {

    /**
     * How long a session that is busy is asked again.
     *
     * @param waitMax at most, and anew whenever it has taken something
     */
    record Patience(Duration pauseMin, Duration pauseMax, Duration waitMax) {
        static Patience of(Config bulk) {
            return new Patience(
                    bulk.getDuration("busy-pause-min"),
                    bulk.getDuration("busy-pause-max"),
                    bulk.getDuration("busy-wait"));
        }
    }

    private final BiddingSessions sessions;
    private final Patience patience;
    private final InstantSource clock;
    private final Principal caller;
    private final Caller request;
    private final String requestId;
    private volatile boolean isUnheard;

    BulkBids(
            BiddingSessions sessions,
            Patience patience,
            InstantSource clock,
            Principal caller,
            Caller request,
            String requestId) {
        this.sessions = sessions;
        this.patience = patience;
        this.clock = clock;
        this.caller = caller;
        this.request = request;
        this.requestId = requestId;
    }

    /** Nobody reads the answers any more. */
    void close() {
        isUnheard = true;
    }

    BulkBatch read(LineBatch lines) {
        BulkBatch batch = new BulkBatch();
        if (caller.expiresAtMillis() <= clock.millis()) {
            batch.end(problem(HttpRejection.INVALID_TOKEN));
            return batch;
        }
        lines.lines().forEach(line -> read(line, batch));
        if (lines.ending() != null) {
            batch.end(ended(lines.ending()));
        }
        return batch;
    }

    private void read(Line line, BulkBatch batch) {
        if (line.isTooLong()) {
            batch.add(new BulkBatch.Fault(
                    new ProblemException(BulkRejection.LINE_TOO_LONG).problem(instance(line.number())), null, null));
            return;
        }
        BulkLine bid = null;
        try {
            bid = StrictJson.read(line.bytes(), line.from(), line.length(), BulkLine.class, "line");
            String session = bid.session();
            Caller bidder = bid.bidder(caller, request);
            batch.add(line.number(), session, bid.key(), new Mailboxes.Asked<>(bidder, bid.bid(caller)));
        } catch (ProblemException e) {
            Problem problem = e.problem(instance(line.number()));
            batch.add(
                    new BulkBatch.Fault(problem, bid == null ? null : bid.sessionId(), bid == null ? null : bid.key()));
        }
    }

    private Problem ended(LineBatch.Ending how) {
        return switch (how) {
            case IDLE -> new Problem("idle", "Request Timeout", 408, "Nothing came for too long.", requestId, null);
            case BROKEN -> problem(BulkRejection.BROKEN);
            case STOPPING -> problem(BulkRejection.STOPPING);
        };
    }

    private Problem problem(Rejection rejection) {
        return new ProblemException(rejection).problem(requestId);
    }

    private String instance(long number) {
        return requestId + "#" + number;
    }

    /** Asks all sessions of the batch at once, each its bids in order; never fails. */
    CompletableFuture<BulkBatch> ask(BulkBatch batch) {
        List<CompletableFuture<Void>> asked = new ArrayList<>(1);
        batch.bidsBySession()
                .forEach((session, bids) -> asked.add(ask(batch, session, bids, patience.pauseMin(), Duration.ZERO)));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> batch);
    }

    private CompletableFuture<Void> ask(
            BulkBatch batch, String session, List<BulkBatch.Bid> bids, Duration pause, Duration waited) {
        List<Mailboxes.Asked<BiddingSession>> asked =
                bids.stream().map(BulkBatch.Bid::asked).toList();
        return sessions.askAll(caller.tenant(), session, asked).thenCompose(replies -> {
            List<BulkBatch.Bid> busy = new ArrayList<>(0);
            for (int i = 0; i < replies.size(); i++) {
                batch.reply(bids.get(i), replies.get(i));
                if (isBusy(replies.get(i))) {
                    busy.add(bids.get(i));
                }
            }
            boolean hasMoved = busy.size() < bids.size();
            if (busy.isEmpty() || isUnheard || (!hasMoved && waited.compareTo(patience.waitMax()) >= 0)) {
                return CompletableFuture.completedFuture(null);
            }
            Duration next = hasMoved ? patience.pauseMin() : longer(pause);
            return CompletableFuture.runAsync(() -> {}, after(next))
                    .thenCompose(
                            paused -> ask(batch, session, busy, next, hasMoved ? Duration.ZERO : waited.plus(next)));
        });
    }

    private static boolean isBusy(Reply reply) {
        return reply instanceof Reply.Refused refused && refused.code().equals(TurnRejection.BUSY.code());
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(patience.pauseMax()) > 0 ? patience.pauseMax() : doubled;
    }

    private static Executor after(Duration pause) {
        return CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The answers to a batch whose replies are in, a line each. */
    byte[] write(BulkBatch batch) {
        BulkAnswers answers = new BulkAnswers(batch.lines().size());
        for (BulkBatch.Read line : batch.lines()) {
            if (line instanceof BulkBatch.Bid bid) {
                answer(bid, Objects.requireNonNull(batch.replyTo(bid)), answers);
            } else if (line instanceof BulkBatch.Fault fault) {
                answers.refused(fault.problem(), fault.session(), fault.key());
            }
        }
        return answers.bytes();
    }

    private void answer(BulkBatch.Bid bid, Reply reply, BulkAnswers answers) {
        if (reply instanceof Reply.Accepted accepted) {
            SessionAnswer.BidAccepted answer = (SessionAnswer.BidAccepted) accepted.answer();
            answers.accepted(bid.session(), answer, bid.key(), accepted.replayed());
        } else if (reply instanceof Reply.Refused refused) {
            Problem problem = Problem.of(refused, refused.detail(), instance(bid.number()), null);
            answers.refused(problem, bid.session(), bid.key());
        }
    }
}
