package io.turnwise.turn;

/**
 * Nothing of the entity shall be kept: the last event of every life that is erased, and soon gone with it.
 *
 * <p>A view that has rows of the entity removes them when it comes to this one.
 *
 * @param <S> the entity's state
 */
public record Erased<S>() implements Event<S> {
    @Override
    public S applyTo(S before, Stamp at) {
        return before;
    }
}
