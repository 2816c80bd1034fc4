package io.turnwise.projection.stream;

import akka.Done;
import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.JournalRow;
import io.turnwise.journal.Outage;
import io.turnwise.projection.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is published of turns to a stream, in the order of the journal. After a crash some messages come again, under the
 * same ids.
 */
final class StreamRelay implements View.Elsewhere {

    /** The stream takes nothing just now; the view tries again by and by. */
    static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotNow(String stream, RedisStream.Outcome outcome) {
            super("Stream " + stream + " takes nothing: " + outcome, null, false, false);
        }
    }

    private final Publication publication;
    private final RedisStream stream;
    private final StreamLedger ledger;
    private final StreamSettings settings;
    private final Executor blocking;
    private final Outage redisOutage;
    private final StreamCounters counters;
    private final Map<String, JournalOffset> sent = new ConcurrentHashMap<>();
    private volatile @Nullable String state;

    StreamRelay(
            Publication publication,
            RedisStream stream,
            StreamLedger ledger,
            StreamSettings settings,
            Executor blocking,
            Outage redisOutage,
            StreamCounters counters) {
        this.publication = publication;
        this.stream = stream;
        this.ledger = ledger;
        this.settings = settings;
        this.blocking = blocking;
        this.redisOutage = redisOutage;
        this.counters = counters;
    }

    @Override
    public String name() {
        return publication.viewName();
    }

    @Override
    public boolean wants(JournalRow row) {
        return publication.wants(row);
    }

    @Override
    public CompletionStage<Done> apply(List<JournalRow> rows) {
        CompletionStage<Done> sending = CompletableFuture.completedFuture(Done.done());
        for (List<Published> batch : batches(publication, rows, settings)) {
            sending = sending.thenComposeAsync(before -> send(batch), Runnable::run);
        }
        return sending;
    }

    /** Messages of a source at a time, at most as many as one call adds. */
    static List<List<Published>> batches(Publication publication, List<JournalRow> rows, StreamSettings settings) {
        List<List<Published>> batches = new ArrayList<>();
        List<Published> batch = new ArrayList<>();
        for (JournalRow row : rows) {
            for (Published message : publication.messages(row, settings.sourceOf(row.persistenceId()))) {
                boolean isFull = batch.size() == settings.batchMessages();
                if (isFull || (!batch.isEmpty() && !batch.get(0).source().equals(message.source()))) {
                    batches.add(batch);
                    batch = new ArrayList<>();
                }
                batch.add(message);
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private CompletionStage<Done> send(List<Published> batch) {
        String source = batch.get(0).source();
        JournalOffset known = sent.getOrDefault(source, JournalOffset.START);
        return state().thenComposeAsync(expected -> stream.add(expected, source, known, batch), Runnable::run)
                .thenApplyAsync(
                        outcome -> {
                            if (outcome == RedisStream.Outcome.LOST) {
                                sent.clear();
                                state = null;
                            }
                            if (outcome != RedisStream.Outcome.ADDED) {
                                throw new NotNow(publication.stream(), outcome);
                            }
                            JournalOffset last = batch.get(batch.size() - 1).offset();
                            sent.merge(source, last, (one, other) -> one.compareTo(other) < 0 ? other : one);
                            counters.publishedSum.add(batch.size());
                            return Done.done();
                        },
                        Runnable::run);
    }

    private CompletionStage<String> state() {
        String known = state;
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return CompletableFuture.supplyAsync(() -> ledger.generation(publication.stream()), blocking)
                .thenApplyAsync(
                        generation -> {
                            String found = Long.toString(generation);
                            state = found;
                            return found;
                        },
                        Runnable::run);
    }

    @Override
    public boolean isAway(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof NotNow) {
                return true;
            }
        }
        return redisOutage.explains(failure);
    }
}
