package io.turnwise.turn;

/**
 * What is kept of an entity when it is erased: one number, under a hash that does not tell whose it is.
 *
 * @param <S> the entity's state
 */
public interface Erasable<S> {

    /** What shall outlive this state; 0 if nothing. */
    long remainder(S state);

    /** What a later entity of the same id begins with, to which nothing has happened yet. */
    S afterErasure(long remainder);
}
