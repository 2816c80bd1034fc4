package io.turnwise.projection.stream;

import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.JournalReader;
import io.turnwise.journal.Slices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream whole and not too long: what Redis has lost, and what a new group has not had, is sent again from the journal;
 * what all groups have acknowledged is dropped.
 *
 * <p>While it fills the stream, nobody else adds to it: messages of an entity that came out of turn would be taken for repeated
 * ones.
 */
final class StreamKeeper {

    private static final Logger log = LoggerFactory.getLogger(StreamKeeper.class);
    private static final Slices.Range ALL = new Slices.Range(0, Slices.COUNT - 1);
    private static final int PAGE_ROWS = 500;

    /**
     * A filling that goes on.
     *
     * @param state of the stream meanwhile
     * @param sent up to where
     * @param added messages of the next page that were added already
     */
    private record Filling(long generation, String state, JournalOffset sent, int added) {}

    private final Publication publication;
    private final RedisStream stream;
    private final StreamLedger ledger;
    private final Outbox outbox;
    private final JournalReader reader;
    private final StreamSettings settings;
    private final StreamCounters counters;
    private @Nullable Filling filling;
    private boolean saidFull;

    StreamKeeper(
            Publication publication,
            RedisStream stream,
            StreamLedger ledger,
            Outbox outbox,
            JournalReader reader,
            StreamSettings settings,
            StreamCounters counters) {
        this.publication = publication;
        this.stream = stream;
        this.ledger = ledger;
        this.outbox = outbox;
        this.reader = reader;
        this.settings = settings;
        this.counters = counters;
    }

    /** Looks once, or fills one page. Returns how long until the next look. */
    Duration step() {
        Filling current = filling;
        String state = stream.state();
        if (current != null && current.state().equals(state)) {
            return fill(current);
        }
        filling = null;
        long generation = ledger.generation(publication.stream());
        if (!state.equals(Long.toString(generation))) {
            return begin(generation);
        }
        trim();
        return settings.keepInterval();
    }

    private void trim() {
        stream.trim(ledger.groups(publication.stream()));
        boolean isFull = stream.length() >= settings.lengthMax();
        if (isFull && !saidFull) {
            log.warn(
                    "Stream {} is full: a group does not acknowledge what it has read. The journal keeps what follows.",
                    publication.stream());
        }
        saidFull = isFull;
    }

    private Duration begin(long generation) {
        String state = "filling " + UUID.randomUUID();
        stream.close(state);
        ledger.groups(publication.stream()).forEach(stream::createGroup);
        List<String> sources =
                settings.ranges().stream().map(Slices.Range::toString).toList();
        Optional<JournalOffset> from = ledger.takenByAll(publication.stream(), sources);
        if (from.isEmpty()) {
            finish(generation, state);
            return settings.keepInterval();
        }
        log.info("Stream {} is filled from the journal, from {} on", publication.stream(), from.get());
        counters.refilledSum.increment();
        outbox.sendAgain(publication.stream());
        // the row there may have been taken in part
        JournalOffset before =
                new JournalOffset(from.get().txId(), Math.max(0, from.get().ordering() - 1));
        filling = new Filling(generation, state, before, 0);
        return Duration.ZERO;
    }

    private Duration fill(Filling current) {
        JournalReader.Page page = reader.page(ALL, current.sent(), PAGE_ROWS);
        List<List<Published>> batches = StreamRelay.batches(
                publication, page.rows().stream().filter(publication::wants).toList(), settings);
        for (int i = current.added(); i < batches.size(); i++) {
            List<Published> batch = batches.get(i);
            RedisStream.Outcome outcome =
                    RedisStream.await(stream.add(current.state(), batch.get(0).source(), JournalOffset.START, batch));
            if (outcome != RedisStream.Outcome.ADDED) {
                // the same rows are read again: none can come before them any more
                filling = new Filling(current.generation(), current.state(), current.sent(), i);
                stream.trim(ledger.groups(publication.stream()));
                return settings.fullPause();
            }
            counters.publishedSum.add(batch.size());
        }
        if (page.rows().size() < PAGE_ROWS) {
            finish(current.generation(), current.state());
            return settings.keepInterval();
        }
        filling = new Filling(current.generation(), current.state(), page.reached(), 0);
        return Duration.ZERO;
    }

    private void finish(long generation, String state) {
        filling = null;
        // a group that was registered meanwhile has raised it, and everything begins anew
        if (ledger.advance(publication.stream(), generation)
                && stream.open(state, Long.toString(generation + 1))
                && counters.refilled() > 0) {
            log.info("Stream {} is whole", publication.stream());
        }
    }
}
