package io.turnwise.turn;

/** What the writer persists: a turn from the journal, or one it has just decided and so already applied. */
sealed interface Written permits Turn, Written.DecidedTurn {

    /**
     * A turn just decided.
     *
     * @param after what it was decided into; never stored
     */
    record DecidedTurn(Turn turn, Held<?> after) implements Written {}
}
