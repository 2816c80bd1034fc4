package io.turnwise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.turnwise.journal.KeptSnapshot;
import io.turnwise.journal.SnapshotShelf;
import io.turnwise.journal.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What operators are answered, as JSON. */
final class OperationsJson {

    private OperationsJson() {}

    /** How an event is read today, where it is stored by an older name. */
    record ReadAs(String type, JsonNode event) {}

    record EventRow(
            long version,
            String type,
            Instant at,
            String by,
            long row,
            Instant writtenAt,
            JsonNode event,
            @Nullable ReadAs readAs,
            @Nullable String correlation,
            @Nullable String traceparent) {

        static EventRow of(StoredEvent event, Set<String> secrets) {
            StoredEvent.Form form = event.readAs();
            return new EventRow(
                    event.version(),
                    event.type(),
                    Instant.ofEpochMilli(event.atMillis()),
                    event.by(),
                    event.sequenceNumber(),
                    Instant.ofEpochMilli(event.writtenAtMillis()),
                    Secrets.covered(event.event(), secrets),
                    form == null ? null : new ReadAs(form.type(), Secrets.covered(form.event(), secrets)),
                    event.correlation(),
                    event.traceparent());
        }
    }

    record Events(
            String persistenceId,
            long version,
            List<EventRow> items,
            @Nullable Long nextAfter) {}

    /**
     * A state.
     *
     * @param at the newest stamp in it; absent while nothing has happened
     * @param newestVersion to which the entity has come
     * @param snapshotVersion of the snapshot that the fold began with; absent without one
     * @param foldedEvents after it
     */
    record State(
            String persistenceId,
            long version,
            @Nullable Instant at,
            long newestVersion,
            @Nullable Long snapshotVersion,
            long foldedEvents,
            JsonNode state) {}

    record Place(long version, @Nullable Instant at) {}

    record Difference(String persistenceId, Place from, Place to, List<JsonPatch.Operation> patch) {}

    /**
     * What an entity would be without one event.
     *
     * @param version to which it is told
     * @param folds whether all later events can be applied without it
     * @param misfit the first that cannot
     * @param patch what makes of the state as it was the one without; absent with {@code state} when it does not fold
     */
    record Without(
            String persistenceId,
            EventRow without,
            long version,
            boolean folds,
            @Nullable EventRow misfit,
            @Nullable List<JsonPatch.Operation> patch,
            @Nullable JsonNode state) {}

    record Snapshot(
            String persistenceId,
            long row,
            long version,
            @Nullable Instant at,
            String reason,
            @Nullable String by,
            Instant createdAt,
            long bytes) {

        static Snapshot of(KeptSnapshot kept) {
            return new Snapshot(
                    kept.persistenceId(),
                    kept.sequenceNumber(),
                    kept.version(),
                    instant(kept.atMillis()),
                    kept.reason(),
                    kept.by(),
                    Instant.ofEpochMilli(kept.createdMillis()),
                    kept.bytes());
        }
    }

    record Snapshots(List<Snapshot> items, @Nullable String nextAfter) {}

    record Kind(long count, long byHand, long bytes) {}

    record Stats(
            long totalSnapshots,
            long byHand,
            long totalBytes,
            long averageBytes,
            @Nullable Instant oldest,
            @Nullable Instant newest,
            Map<String, Kind> byType) {

        static Stats of(List<SnapshotShelf.Figures> figures) {
            Map<String, Kind> byType = new TreeMap<>();
            figures.forEach(each -> byType.put(each.type(), new Kind(each.count(), each.byHand(), each.bytes())));
            long count = byType.values().stream().mapToLong(Kind::count).sum();
            long bytes = byType.values().stream().mapToLong(Kind::bytes).sum();
            return new Stats(
                    count,
                    byType.values().stream().mapToLong(Kind::byHand).sum(),
                    bytes,
                    count == 0 ? 0 : bytes / count,
                    figures.stream()
                            .map(each -> Instant.ofEpochMilli(each.oldestMillis()))
                            .min(Instant::compareTo)
                            .orElse(null),
                    figures.stream()
                            .map(each -> Instant.ofEpochMilli(each.newestMillis()))
                            .max(Instant::compareTo)
                            .orElse(null),
                    byType);
        }
    }

    record Cleaned(long deleted, Instant before) {}

    /** Absent for a state to which nothing has happened. */
    static @Nullable Instant instant(long atMillis) {
        return atMillis == 0 ? null : Instant.ofEpochMilli(atMillis);
    }
}
