package io.turnwise.turn;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What makes one kind of entity.
 *
 * @param <S> its state; may be mutable, is then owned by one entity and never shared
 */
public interface Definition<S> {

    /** No alarm is set. */
    long NEVER = Long.MAX_VALUE;

    /** Logical and stored: the first part of every persistence id. */
    String type();

    /** A fresh state of an entity to which nothing has happened. */
    S empty();

    /** What no later event changes: the state itself where it is immutable, else a copy. Taken for each snapshot, so cheap. */
    default S image(S state) {
        return state;
    }

    /** When time alone will next bring something about, epoch milliseconds; {@link #NEVER} if nothing. */
    default long wakeAtMillis(S state) {
        return NEVER;
    }

    /** What time has brought about by {@code at}; never empty when {@code wakeAtMillis <= at}. Written before the command. */
    default List<? extends Event<S>> due(S state, Stamp at) {
        return List.of();
    }

    /** How many elements a snapshot of this state has, so that a large one is not written often. */
    default int elements(S state) {
        return 0;
    }

    /** The read whose answer watchers get after turns; none if the entity has no feed. */
    default @Nullable Command<S, ?> feed() {
        return null;
    }

    /**
     * What readers of the feed must get of this event, once and in order; asked only while somebody watches, or when a journal
     * is read for somebody who missed it. Looks at the state before the event and gives what looks at the state after it, which may be
     * the same object.
     */
    default Function<S, List<Notice>> notices(S before, Event<S> event, Stamp at) {
        return after -> List.of();
    }

    /** Fields of state and events, as they are stored, that nobody is shown: what a credential is made of. */
    default Set<String> secretFields() {
        return Set.of();
    }

    /** How an entity of this kind is erased; none where it cannot be, as while a view of it keeps what was erased. */
    default @Nullable Erasable<S> erasable() {
        return null;
    }

    /** {@code <type>|<tenant>:<id>}. */
    default String persistenceId(String entityId) {
        return type() + "|" + entityId;
    }
}
