package io.turnwise.journal;

import io.turnwise.turn.Turn;

/**
 * One row of the journal as projections get it.
 *
 * @param sequenceNumber counts the entity's rows from 1; its version counts events
 * @param writtenAtMillis epoch milliseconds by the writing node's clock
 */
public record JournalRow(
        JournalOffset offset, String persistenceId, long sequenceNumber, long writtenAtMillis, Turn turn) {

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
}
