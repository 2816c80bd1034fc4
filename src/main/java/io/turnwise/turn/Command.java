package io.turnwise.turn;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of an entity; a read is a command that accepts without events.
 *
 * @param <S> the entity's state
 * @param <A> the answer when it is accepted
 */
@FunctionalInterface
public interface Command<S, A> {
    /** Decides by the state and the stamp alone, and changes neither. */
    Decision<S, A> decide(S state, Stamp at);

    /** Whether whoever asks this may know the version of the entity; if not, one that he demands is never the right one. */
    default boolean tellsVersion(S state) {
        return true;
    }

    /** How often one caller may ask this; none for as often as he likes. */
    default @Nullable Pace pace(S state) {
        return null;
    }
}
