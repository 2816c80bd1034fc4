package io.turnwise.turn;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The outcome of a command: events to write, or the reason why not. */
public sealed interface Decision<S, A> {

    /**
     * It is done.
     *
     * @param events what happened, none for a read
     * @param answer made from the state after the events; its stamp's version is the entity's version then
     */
    record Accepted<S, A>(List<? extends Event<S>> events, BiFunction<S, Stamp, A> answer) implements Decision<S, A> {}

    /**
     * It is not done, and nothing is written.
     *
     * @param detail says in a sentence what to do about it
     */
    record Refused<S, A>(Rejection reason, String detail) implements Decision<S, A> {}

    static <S, A> Decision<S, A> accept(Event<S> event, BiFunction<S, Stamp, A> answer) {
        return new Accepted<>(List.of(event), answer);
    }

    static <S, A> Decision<S, A> accept(List<? extends Event<S>> events, BiFunction<S, Stamp, A> answer) {
        return new Accepted<>(events, answer);
    }

    /** Answers a read. */
    static <S, A> Decision<S, A> answer(A answer) {
        return new Accepted<>(List.of(), (state, at) -> answer);
    }

    static <S, A> Decision<S, A> refuse(Rejection reason) {
        return new Refused<>(reason, reason.detail());
    }

    static <S, A> Decision<S, A> refuse(Rejection reason, String detail) {
        return new Refused<>(reason, detail);
    }

    /** One of two values, whichever this decision is. */
    default <T> T fold(Function<Accepted<S, A>, T> accepted, Function<Refused<S, A>, T> refused) {
        return this instanceof Accepted<S, A> yes ? accepted.apply(yes) : refused.apply((Refused<S, A>) this);
    }
}
