package io.turnwise.journal;

import io.turnwise.turn.Definition;
import io.turnwise.turn.Event;
import io.turnwise.turn.Stamp;
import io.turnwise.turn.Turn;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One entity's life told again from the beginning, event by event, with the state after each; blocking.
 *
 * <p>Can be left and gone on with, also after more has happened. Not for two threads at once.
 *
 * @param <S> the entity's state
 */
public final class History<S> {

    /** Sees what happened. */
    @FunctionalInterface
    public interface Witness<S> {
        /**
         * One event.
         *
         * @param after the state; good until the next event only
         * @return false when it has seen enough for now
         */
        boolean sees(Event<S> event, Stamp at, S after);
    }

    private record Next<S>(Event<S> event, Stamp at) {}

    private final JournalReader reader;
    private final String persistenceId;
    private final Queue<Next<S>> decoded = new ArrayDeque<>();
    private S state;
    private long version;
    private long sequenceNumber;

    History(JournalReader reader, Definition<S> definition, String entityId) {
        this.reader = reader;
        this.persistenceId = definition.persistenceId(entityId);
        this.state = definition.empty();
    }

    /** Goes on until the witness has seen enough, or everything that is committed. */
    public void tell(Witness<S> witness) {
        if (!drain(witness)) {
            return;
        }
        reader.rows(persistenceId, sequenceNumber, row -> {
            sequenceNumber = row.sequenceNumber();
            decode(row.happened());
            return drain(witness);
        });
    }

    @SuppressWarnings("unchecked") // what is stored under this persistence id has this entity's type of state
    private void decode(Turn turn) {
        long next = turn.version();
        for (Turn.Entry entry : turn.entries()) {
            for (Event<?> event : entry.events()) {
                decoded.add(new Next<>((Event<S>) event, new Stamp(entry.by(), entry.atMillis(), next)));
                next++;
            }
        }
    }

    private boolean drain(Witness<S> witness) {
        for (Next<S> next = decoded.poll(); next != null; next = decoded.poll()) {
            version = next.at().version();
            state = next.event().applyTo(state, next.at());
            if (!witness.sees(next.event(), next.at(), state)) {
                return false;
            }
        }
        return true;
    }

    /** The state to which it has come; to be looked at, not kept. */
    public S state() {
        return state;
    }

    /** The version to which it has come; 0 if nothing has happened. */
    public long version() {
        return version;
    }
}
