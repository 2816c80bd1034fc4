package io.turnwise.turn;

import akka.actor.typed.ActorRef;
import java.util.List;

/** What an entity tells those who watch it. */
public sealed interface News {

    String entityId();

    /**
     * The answer to {@link Message.Watch}: the next {@link Noticed} begins where this ends.
     *
     * @param gate whose end is the end of the watch
     */
    record Watched(String entityId, long version, ActorRef<Message> gate) implements News {}

    /**
     * The newest state; one that comes later replaces it. All notices up to its version have been sent before it.
     *
     * @param version the entity's version; rises, not by ones
     */
    record State(String entityId, long version, Object state) implements News {}

    /**
     * All notices of the versions above {@code after} and not above {@code upTo}, in order; often there are none.
     *
     * @param after where the one before ended, unless something was missed in between
     */
    record Noticed(String entityId, long after, long upTo, List<Notice> notices) implements News {}

    /**
     * A part of the answer to {@link Message.Missed}: all notices above {@code after}, which is later than was asked where
     * memory does not reach back.
     *
     * @param number that of the question
     * @param last whether no further part follows; then {@code upTo} is the entity's version
     */
    record Found(String entityId, long number, long after, long upTo, List<Notice> notices, boolean last)
            implements News {}

    /** All that was told of it is to be forgotten; whoever watches it is not told of its next life unless he watches anew. */
    record Erased(String entityId) implements News {}
}
