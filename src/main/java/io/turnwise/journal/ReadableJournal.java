package io.turnwise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal as JSON for people: events as they are stored, and states as they would be; blocking. */
public final class ReadableJournal {

    private final JournalReader reader;
    private final EventCatalog catalog;
    private final ObjectMapper mapper;

    public ReadableJournal(JournalReader reader, EventCatalog catalog) {
        this.reader = reader;
        this.catalog = catalog;
        this.mapper = catalog.namingMapper();
    }

    /**
     * Which events are wanted.
     *
     * @param after only those above this version
     * @param until only those up to there
     * @param sinceMillis only those stamped then or later
     * @param type only those of this name, with or without the version of its form
     */
    public record Selection(
            long after,
            Until until,
            long sinceMillis,
            @Nullable String type) {

        private boolean holds(long version, long atMillis, String name) {
            return version > after
                    && version <= until.version()
                    && atMillis >= sinceMillis
                    && atMillis <= until.atMillis()
                    && isOfType(name);
        }

        private boolean isOfType(String name) {
            return type == null || name.equals(type) || name.startsWith(type + "/");
        }

        private boolean isEarlier(TurnStart start) {
            return start.version() <= after + 1 || start.atMillis() < sinceMillis;
        }

        private boolean isLater(long version, long atMillis) {
            return version > until.version() || atMillis > until.atMillis();
        }
    }

    /**
     * Some of them.
     *
     * @param nextAfter what to ask for after; absent when there are no more
     */
    public record Page(List<StoredEvent> events, @Nullable Long nextAfter) {}

    /**
     * The first of the selected events, in their order.
     *
     * @param rowsMax rows that are looked through at most; a page may then have few events, or none, and go on nevertheless
     */
    public Page events(String persistenceId, Selection wanted, int limit, int rowsMax) {
        Paging paging = new Paging(wanted, limit, rowsMax);
        long first = reader.lastRow(persistenceId, wanted::isEarlier);
        reader.rows(persistenceId, Math.max(0, first - 1), paging::take);
        return new Page(paging.found, paging.nextAfter);
    }

    /** Which event this is; empty if there is none. */
    public Optional<StoredEvent> event(String persistenceId, long version) {
        Selection one = new Selection(version - 1, Until.version(version), Long.MIN_VALUE, null);
        return events(persistenceId, one, 1, Integer.MAX_VALUE).events().stream()
                .findFirst();
    }

    /** A state as it is stored in snapshots. */
    public JsonNode state(Object state) {
        return mapper.valueToTree(state);
    }

    private final class Paging {
        private final Selection wanted;
        private final int limit;
        private int rowsLeft;
        private final List<StoredEvent> found = new ArrayList<>();
        private @Nullable Long nextAfter;

        Paging(Selection wanted, int limit, int rowsMax) {
            this.wanted = wanted;
            this.limit = limit;
            this.rowsLeft = rowsMax;
        }

        /** Whether there is more to look for. */
        boolean take(JournalRow row) {
            if (rowsLeft == 0) {
                nextAfter = row.head().version() - 1;
                return false;
            }
            rowsLeft--;
            boolean isLast = row.head().version() > wanted.until().version();
            if (isLast || row.head().names().stream().noneMatch(wanted::isOfType)) {
                return !isLast;
            }
            return takeEvents(row);
        }

        private boolean takeEvents(JournalRow row) {
            JsonNode turn = row.json();
            long version = row.head().version();
            for (JsonNode entry : turn.path("entries")) {
                long atMillis = turn.path("at").asLong() + entry.path("ms").asLong();
                for (JsonNode event : entry.path("events")) {
                    if (wanted.isLater(version, atMillis)) {
                        return false;
                    }
                    String name = row.head().names().get(event.path(0).asInt());
                    if (wanted.holds(version, atMillis, name)) {
                        if (found.size() == limit) {
                            nextAfter = found.get(limit - 1).version();
                            return false;
                        }
                        found.add(stored(row, version, atMillis, name, entry, event.path(1)));
                    }
                    version++;
                }
            }
            return true;
        }
    }

    private StoredEvent stored(
            JournalRow row, long version, long atMillis, String name, JsonNode entry, JsonNode event) {
        return new StoredEvent(
                version,
                name,
                atMillis,
                entry.path("by").asText(),
                row.sequenceNumber(),
                row.writtenAtMillis(),
                event,
                readAs(name, event),
                entry.path("correlation").asText(null),
                entry.path("traceparent").asText(null));
    }

    private StoredEvent.@Nullable Form readAs(String name, JsonNode event) {
        try {
            Object read = catalog.named(name).reader().readValue(event);
            String today = catalog.named(read).name();
            return today.equals(name) ? null : new StoredEvent.Form(today, mapper.valueToTree(read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
