package io.turnwise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One event as it is stored, for people.
 *
 * @param type its logical name with the version of its form
 * @param atMillis its stamp, epoch milliseconds
 * @param by who brought it about
 * @param sequenceNumber of its row, which may hold many events
 * @param writtenAtMillis when the row was written, by the writing node's clock
 * @param event as stored
 * @param readAs how it is read today, where that has another name
 */
public record StoredEvent(
        long version,
        String type,
        long atMillis,
        String by,
        long sequenceNumber,
        long writtenAtMillis,
        JsonNode event,
        @Nullable Form readAs,
        @Nullable String correlation,
        @Nullable String traceparent) {

    /** A name and what goes with it. */
    public record Form(String type, JsonNode event) {}
}
