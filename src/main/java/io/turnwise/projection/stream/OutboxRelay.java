package io.turnwise.projection.stream;

import io.turnwise.journal.JournalOffset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the outbox's rows of one stream; a row may be sent twice, under the same id. */
final class OutboxRelay {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final String name;
    private final RedisStream stream;
    private final StreamLedger ledger;
    private final Outbox outbox;
    private final StreamSettings settings;
    private final Predicate<Throwable> isAway;
    private final StreamCounters counters;

    OutboxRelay(
            String name,
            RedisStream stream,
            StreamLedger ledger,
            Outbox outbox,
            StreamSettings settings,
            Predicate<Throwable> isAway,
            StreamCounters counters) {
        this.name = name;
        this.stream = stream;
        this.ledger = ledger;
        this.outbox = outbox;
        this.settings = settings;
        this.isAway = isAway;
        this.counters = counters;
    }

    /** Sends one batch. Returns how long until the next. */
    Duration step() {
        List<Outbox.Row> rows =
                outbox.claim(name, settings.batchMessages(), settings.outbox().claim());
        if (rows.isEmpty()) {
            return settings.outbox().poll();
        }
        String state = Long.toString(ledger.generation(name));
        try {
            return send(state, rows) && rows.size() == settings.batchMessages()
                    ? Duration.ZERO
                    : settings.outbox().poll();
        } catch (CompletionException e) {
            if (isAway.test(e)) {
                outbox.giveBack(rows);
            } else {
                oneByOne(state, rows);
            }
            return settings.outbox().poll();
        }
    }

    private boolean send(String state, List<Outbox.Row> rows) {
        List<Published> messages = rows.stream().map(this::message).toList();
        RedisStream.Outcome outcome =
                RedisStream.await(stream.add(state, Published.OUTBOX, JournalOffset.START, messages));
        if (outcome != RedisStream.Outcome.ADDED) {
            outbox.giveBack(rows);
            return false;
        }
        counters.publishedSum.add(rows.size());
        outbox.sent(rows);
        return true;
    }

    /** Something is wrong with one of them, or with all. */
    private void oneByOne(String state, List<Outbox.Row> rows) {
        for (Outbox.Row row : rows) {
            try {
                send(state, List.of(row));
            } catch (CompletionException e) {
                counters.errorsSum.increment();
                if (row.attempts() >= settings.outbox().attemptsMax()) {
                    log.error("Row {} of the outbox is given up after {} attempts", row.id(), row.attempts(), e);
                    outbox.giveUp(row, String.valueOf(e.getCause()));
                } else {
                    outbox.failed(row);
                }
            }
        }
    }

    private Published message(Outbox.Row row) {
        return new Published(
                "outbox/" + row.id(),
                row.name(),
                row.tenant(),
                "outbox|" + row.tenant() + ":" + row.key(),
                row.id(),
                row.writtenAtMillis(),
                "",
                row.body(),
                Published.OUTBOX,
                new JournalOffset(0, row.id()));
    }
}
