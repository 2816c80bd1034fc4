package io.turnwise.turn;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Who watches an entity, for how long, and what they have been told. */
final class Watchers {

    private final String entityId;
    private final TurnSettings settings;
    private final Map<ActorRef<News>, Long> untilMillis = new HashMap<>();
    private final RecentNotices recent;
    private boolean versionKnown;
    private long publishedVersion = -1;
    private News.@Nullable State unpublished;

    Watchers(String entityId, TurnSettings settings) {
        this.entityId = entityId;
        this.settings = settings;
        this.recent = new RecentNotices(settings.noticesKept());
    }

    boolean isEmpty() {
        return untilMillis.isEmpty();
    }

    /** Whether he is new. */
    boolean add(ActorRef<News> watcher, ActorRef<Message> gate, long nowMillis) {
        long until = nowMillis + settings.watchLease().toMillis();
        boolean isNew = untilMillis.put(watcher, until) == null;
        if (versionKnown) {
            watcher.tell(new News.Watched(entityId, recent.version(), gate));
        }
        return isNew;
    }

    void endLeases(long nowMillis) {
        untilMillis.values().removeIf(until -> until < nowMillis);
    }

    /** The writer has come, or come again, to {@code version}; what it wrote unseen has to be looked up in the journal. */
    void ready(long version, ActorRef<Message> gate) {
        if (!versionKnown || recent.version() != version) {
            recent.skip(version);
        }
        versionKnown = true;
        tell(new News.Watched(entityId, version, gate));
    }

    /** A turn is written; its notices go out before any state that shows it. */
    void written(Message.Done done) {
        long after = recent.version();
        if (done.notices() == null && done.version() > after) { // whoever has come meanwhile has missed this turn
            recent.skip(done.version());
            tell(new News.Noticed(entityId, done.version(), done.version(), List.of()));
        } else if (done.notices() != null && done.version() > after) {
            recent.add(done.notices(), done.version());
            inParts(
                    done.notices(),
                    after,
                    done.version(),
                    (part, span) -> tell(new News.Noticed(entityId, span.after(), span.upTo(), part)));
        }
        if (unpublished != null) {
            tell(unpublished);
            unpublished = null;
        }
    }

    /** To be published when the turn that it was read in is done. */
    void answered(Reply.Accepted accepted) {
        publishedVersion = accepted.version();
        unpublished = new News.State(entityId, accepted.version(), accepted.answer());
    }

    boolean haveSeen(long version) {
        return publishedVersion == version;
    }

    /** Answers from memory, if it is known yet how far that goes; otherwise {@code Watched} will say so. */
    void answer(Message.Missed missed) {
        if (!versionKnown) {
            return;
        }
        long from = recent.completeAfter(missed.since(), missed.withPrivate());
        List<Notice> notices = recent.after(from, missed.withPrivate());
        inParts(
                notices,
                from,
                recent.version(),
                (part, span) -> missed.replyTo()
                        .tell(new News.Found(
                                entityId,
                                missed.number(),
                                span.after(),
                                span.upTo(),
                                part,
                                span.upTo() == recent.version())));
    }

    /** The last that they are told. */
    void erased() {
        tell(new News.Erased(entityId));
    }

    private void tell(News news) {
        untilMillis.keySet().forEach(watcher -> watcher.tell(news));
    }

    private record Span(long after, long upTo) {}

    /** As many at a time as a message between nodes may have; those of one event stay together. */
    private void inParts(List<Notice> notices, long after, long upTo, BiConsumer<List<Notice>, Span> consumer) {
        int max = settings.noticesPerMessage();
        long from = after;
        int begin = 0;
        while (notices.size() - begin > max) {
            int end = begin + max;
            while (end < notices.size()
                    && notices.get(end).id() == notices.get(end - 1).id()) {
                end++;
            }
            if (end == notices.size()) {
                break;
            }
            long to = notices.get(end - 1).id();
            consumer.accept(new ArrayList<>(notices.subList(begin, end)), new Span(from, to));
            from = to;
            begin = end;
        }
        consumer.accept(new ArrayList<>(notices.subList(begin, notices.size())), new Span(from, upTo));
    }
}
