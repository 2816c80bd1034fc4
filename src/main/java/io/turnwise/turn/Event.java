package io.turnwise.turn;

/**
 * What happened to an entity, for ever.
 *
 * @param <S> the entity's state
 */
@FunctionalInterface
public interface Event<S> {
    /**
     * The state after this event. May change {@code before} in place and return it.
     *
     * @throws RuntimeException when the journal does not fit the state; the entity then stops, loudly
     */
    S applyTo(S before, Stamp at);
}
