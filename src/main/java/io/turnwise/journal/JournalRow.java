package io.turnwise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.turnwise.turn.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One row of the journal as projections get it; decoded only as far as somebody asks. */
public final class JournalRow {

    private final JournalOffset offset;
    private final String persistenceId;
    private final long sequenceNumber;
    private final long writtenAtMillis;
    private final byte[] payload;
    private final TurnSerializer serializer;
    private final TurnHead head;

    JournalRow(
            JournalOffset offset,
            String persistenceId,
            long sequenceNumber,
            long writtenAtMillis,
            byte[] payload,
            TurnSerializer serializer) {
        this.offset = offset;
        this.persistenceId = persistenceId;
        this.sequenceNumber = sequenceNumber;
        this.writtenAtMillis = writtenAtMillis;
        this.payload = payload;
        this.serializer = serializer;
        this.head = serializer.head(payload);
    }

    public JournalOffset offset() {
        return offset;
    }

    public String persistenceId() {
        return persistenceId;
    }

    /** Counts the entity's rows from 1; its version counts events. */
    public long sequenceNumber() {
        return sequenceNumber;
    }

    /** Epoch milliseconds by the writing node's clock. */
    public long writtenAtMillis() {
        return writtenAtMillis;
    }

    public TurnHead head() {
        return head;
    }

    /** Whether it is the last of its entity's life, with which all of it is erased; it stands in no row of another life. */
    public boolean isErasure() {
        return head.names().contains(EventCatalog.ERASED);
    }

    /** The whole turn, decoded anew at every call. */
    public Turn turn() {
        return serializer.turn(payload);
    }

    /** The turn without its remembered answers, for whoever only wants to know what happened; decoded anew at every call. */
    public Turn happened() {
        return serializer.happened(payload);
    }

    /** The turn as it is stored, whatever is known of its events. */
    JsonNode json() {
        try {
            return Json.STORED.readTree(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first part of the persistence id: which kind of entity it is. */
    public String type() {
        return persistenceId.substring(0, persistenceId.indexOf('|'));
    }

    /** {@code <tenant>:<id>}. */
    public String entityId() {
        return persistenceId.substring(persistenceId.indexOf('|') + 1);
    }

    /** The last part of the persistence id. */
    public String id() {
        return persistenceId.substring(persistenceId.indexOf(':') + 1);
    }

    /** The middle part of the persistence id. */
    public String tenant() {
        return persistenceId.substring(persistenceId.indexOf('|') + 1, persistenceId.indexOf(':'));
    }
}
