package io.turnwise.turn;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import java.util.List;

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

    /** Sends the feed to {@code watcher} for one lease; to be repeated for as long as somebody looks. */
    record Watch(ActorRef<Update> watcher) implements Message {}

    /**
     * The newest state of a watched entity; one that comes later replaces it.
     *
     * @param version the entity's version; rises, not by ones
     */
    record Update(String entityId, long version, Object state) {}

    /** Finishes what waits, turn by turn, then stops. */
    record Stop() implements Message {}

    /** From the writer: recovered. */
    record Ready(long wakeAtMillis) implements Message, NoSerializationVerificationNeeded {}

    /** From the writer: the turn is written and answered. */
    record Done(long version, long wakeAtMillis) implements Message, NoSerializationVerificationNeeded {}

    record StartWriter() implements Message, NoSerializationVerificationNeeded {}

    record Publish() implements Message, NoSerializationVerificationNeeded {}

    record FeedAnswer(Reply reply) implements Message, NoSerializationVerificationNeeded {}

    /** To the writer: what one turn shall hold. */
    record Take(List<Waiting> waiting) implements NoSerializationVerificationNeeded {}

    /**
     * One thing that waits: an {@link Ask}, or a {@link Wake}, which asks for nothing.
     *
     * @param arrivedMillis the gate's clock on arrival
     */
    record Waiting(Message message, long arrivedMillis) {}
}
