package io.turnwise.journal;

import io.turnwise.turn.Definition;
import io.turnwise.turn.Held;
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
        String persistenceId = definition.persistenceId(entityId);
        Optional<JournalReader.StoredSnapshot> base =
                useSnapshot ? reader.newestSnapshot(persistenceId) : Optional.empty();
        Held<S> held = base.map(stored -> new Held<S>(stored.snapshot(), settings))
                .orElseGet(() -> new Held<>(definition, settings));
        long after = base.map(JournalReader.StoredSnapshot::sequenceNumber).orElse(0L);
        reader.rows(persistenceId, after, row -> held.apply(row.turn()));
        return held;
    }
}
