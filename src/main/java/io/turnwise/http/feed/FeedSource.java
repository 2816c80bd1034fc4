package io.turnwise.http.feed;

import akka.actor.typed.ActorRef;
import io.turnwise.journal.Replay;
import io.turnwise.turn.Message;
import io.turnwise.turn.News;
import io.turnwise.turn.Notice;
import java.util.function.Predicate;

/** Where the feeds of one kind of entity come from; entities by {@code <tenant>:<id>}. */
public interface FeedSource {

    /** Sends its news to {@code watcher} for one lease, its state at once if {@code anew}. */
    void watch(String entityId, ActorRef<News> watcher, boolean anew);

    /** Asks it for what it remembers. */
    void missed(String entityId, Message.Missed missed);

    /**
     * Reads what it no longer remembers from its journal; blocking.
     *
     * @param since the version after which it begins
     * @param upTo the version with which it ends, if there are not more than {@code atMost} notices before
     */
    Replay.Noticed read(String entityId, long since, long upTo, Predicate<Notice> wanted, int atMost);
}
