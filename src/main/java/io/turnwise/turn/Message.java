package io.turnwise.turn;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link TurnEntity} receives. */
public sealed interface Message {

    /**
     * A command and where its {@link Reply} goes.
     *
     * @param deadlineMillis epoch milliseconds after which nobody waits any more, and the command is dropped undecided
     */
    record Ask(Caller caller, Command<?, ?> command, long deadlineMillis, ReplyTo replyTo) implements Message {}

    /**
     * Commands of one asker in their order. Where there is no room for all, those that are refused are the last ones, so that
     * the asker can ask them again without changing the order.
     */
    record AskAll(List<Ask> asks) implements Message {}

    /** Looks whether time alone has brought something about. */
    record Wake() implements Message {}

    /**
     * Sends news to {@code watcher} for one lease; to be repeated for as long as somebody looks.
     *
     * @param anew whether the watcher has no state yet, or no longer
     */
    record Watch(ActorRef<News> watcher, boolean anew) implements Message {}

    /**
     * Asks a watched entity for the notices above {@code since}, as far back as it remembers: {@link News.Found}.
     *
     * @param number comes back with the answer
     * @param withPrivate whether those for one subject are wanted, too
     */
    record Missed(long since, long number, boolean withPrivate, ActorRef<News> replyTo) implements Message {}

    /** Finishes what waits, turn by turn, then stops. */
    record Stop() implements Message {}

    /** From the writer: recovered. */
    record Ready(long version, long wakeAtMillis) implements Message, NoSerializationVerificationNeeded {}

    /**
     * From the writer: the turn is written and answered.
     *
     * @param notices of the turn; null when nobody watched
     */
    record Done(long version, long wakeAtMillis, @Nullable List<Notice> notices)
            implements Message, NoSerializationVerificationNeeded {}

    /**
     * From the writer: this entity was erased and will not be written to again.
     *
     * @param remainder see {@link Erasable}
     * @param erasers who wait until nothing of it is stored
     */
    record Erasing(long remainder, List<ReplyTo> erasers) implements Message, NoSerializationVerificationNeeded {}

    /** Tries again to remove what is stored. */
    record TryToErase() implements Message, NoSerializationVerificationNeeded {}

    /** Whether it is removed, and if not, why if that is a failure. */
    record TriedToErase(boolean isGone, @Nullable Throwable failure)
            implements Message, NoSerializationVerificationNeeded {}

    /** What remained of an erased entity, for the writer of a new one. */
    record Remained(
            ActorRef<ToWriter> writer,
            long remainder,
            @Nullable Throwable failure) implements Message, NoSerializationVerificationNeeded {}

    record StartWriter() implements Message, NoSerializationVerificationNeeded {}

    record Publish() implements Message, NoSerializationVerificationNeeded {}

    record FeedAnswer(Reply reply) implements Message, NoSerializationVerificationNeeded {}

    /** What a writer receives. */
    sealed interface ToWriter extends NoSerializationVerificationNeeded {}

    /**
     * What one turn shall hold.
     *
     * @param watched whether its notices are wanted
     */
    record Take(List<Waiting> waiting, boolean watched) implements ToWriter {}

    /** Nothing more comes until the entity is woken; answered with a {@link Done}. */
    record Rest() implements ToWriter {}

    /** An entity to which nothing has happened yet was erased before. */
    record Begin(long remainder) implements ToWriter {}

    /**
     * One thing that waits: an {@link Ask}, or a {@link Wake}, which asks for nothing.
     *
     * @param arrivedMillis the gate's clock on arrival
     * @param arrivedNanos the same by {@link System#nanoTime}: how long it has waited, whatever the clock has done since
     */
    record Waiting(Message message, long arrivedMillis, long arrivedNanos) {

        /** Whether nobody waits for it any more. */
        boolean isExpired(long nowNanos) {
            return message instanceof Ask ask
                    && arrivedMillis + (nowNanos - arrivedNanos) / 1_000_000 > ask.deadlineMillis();
        }
    }
}
