package io.turnwise.turn;

/**
 * Asks that nothing of an entity is kept. The kernel's own: its answer comes when no store has anything of it any more.
 *
 * @param <S> the entity's state
 */
public record Erase<S>() implements Command<S, Erased<S>> {
    @Override
    public Decision<S, Erased<S>> decide(S state, Stamp at) {
        Erased<S> erased = new Erased<>();
        return at.version() == 0 ? Decision.answer(erased) : Decision.accept(erased, (after, stamp) -> erased);
    }
}
