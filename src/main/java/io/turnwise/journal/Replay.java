package io.turnwise.journal;

import io.turnwise.turn.Definition;
import io.turnwise.turn.Held;
import io.turnwise.turn.Turn;
import io.turnwise.turn.TurnSettings;
import java.util.Optional;

/** Folds journals with the same code as the entities, beside them and without waking them; blocking. */
public final class Replay {

    private final JournalReader reader;
    private final TurnSettings settings;

    public Replay(JournalReader reader, TurnSettings settings) {
        this.reader = reader;
        this.settings = settings;
    }

    /**
     * What the entity holds by everything committed so far.
     *
     * @param entityId {@code <tenant>:<id>}
     * @param useSnapshot false folds from the first row; both give the same
     */
    public <S> Held<S> fold(Definition<S> definition, String entityId, boolean useSnapshot) {
        return fold(definition, entityId, useSnapshot, Long.MAX_VALUE);
    }

    /** What it held when it had come to {@code version}, or to the last turn before if that is amid one. */
    public <S> Held<S> foldTo(Definition<S> definition, String entityId, long version) {
        return fold(definition, entityId, true, version);
    }

    private <S> Held<S> fold(Definition<S> definition, String entityId, boolean useSnapshot, long version) {
        String persistenceId = definition.persistenceId(entityId);
        Optional<JournalReader.StoredSnapshot> base =
                useSnapshot ? reader.newestSnapshot(persistenceId, version) : Optional.empty();
        Held<S> held = base.map(stored -> new Held<S>(stored.snapshot(), settings))
                .orElseGet(() -> new Held<>(definition, settings));
        long after = base.map(JournalReader.StoredSnapshot::sequenceNumber).orElse(0L);
        reader.rows(persistenceId, after, row -> {
            Turn turn = row.turn();
            if (turn.lastVersion() <= version) {
                held.apply(turn);
            }
            return turn.lastVersion() < version;
        });
        return held;
    }

    /** The entity's life from its beginning, event by event. */
    public <S> History<S> history(Definition<S> definition, String entityId) {
        return new History<>(reader, definition, entityId);
    }

    /** The version to which the journal has come; 0 if there is nothing. */
    public long version(Definition<?> definition, String entityId) {
        return reader.lastRow(definition.persistenceId(entityId))
                .map(row -> row.turn().lastVersion())
                .orElse(0L);
    }
}
