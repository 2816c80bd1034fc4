package io.turnwise.projection.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.turnwise.journal.JournalRow;
import io.turnwise.journal.Json;
import io.turnwise.turn.Event;
import io.turnwise.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events of a domain others may read, and what of them: the names and shapes in a stream are a promise of their own, so that
 * those in the journal stay free to change.
 *
 * @param stream the key in Redis
 * @param entityType the first part of the persistence ids
 * @param storedNames in the journal of what may be published; turns without any of them are not looked into
 */
public record Publication(String stream, String entityType, Set<String> storedNames, Translation translation) {

    /**
     * What others read of an event.
     *
     * @param name with the version of the shape: {@code task.created/1}
     * @param value written as JSON, fields in snake case
     */
    public record Body(String name, Object value) {}

    /** Says what others read of an event, if anything. */
    @FunctionalInterface
    public interface Translation {
        Optional<Body> of(Event<?> event, Turn.Entry entry);
    }

    /** A stream that is filled from the outbox alone. */
    public static Publication ofOutbox(String stream) {
        return new Publication(stream, "", Set.of(), (event, entry) -> Optional.empty());
    }

    /** The name of the view that fills the stream; its offsets are stored by it. Names of actors have no blanks. */
    String viewName() {
        return "stream-" + stream.replaceAll("[^A-Za-z0-9]+", "-");
    }

    boolean wants(JournalRow row) {
        return row.type().equals(entityType) && row.head().names().stream().anyMatch(storedNames::contains);
    }

    List<Published> messages(JournalRow row, String source) {
        List<Published> messages = new ArrayList<>();
        Turn turn = row.happened();
        long version = turn.version();
        for (Turn.Entry entry : turn.entries()) {
            for (Event<?> event : entry.events()) {
                long own = version++;
                translation.of(event, entry).ifPresent(body -> messages.add(message(row, source, own, entry, body)));
            }
        }
        return messages;
    }

    private static Published message(JournalRow row, String source, long version, Turn.Entry entry, Body body) {
        return new Published(
                row.persistenceId() + "/" + version,
                body.name(),
                row.tenant(),
                row.persistenceId(),
                version,
                entry.atMillis(),
                entry.by(),
                json(body.value()),
                source,
                row.offset());
    }

    static String json(Object value) {
        try {
            return Json.STORED.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write " + value.getClass(), e);
        }
    }
}
