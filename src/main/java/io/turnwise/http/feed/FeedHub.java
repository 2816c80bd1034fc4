package io.turnwise.http.feed;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.turnwise.journal.Replay;
import io.turnwise.turn.Message;
import io.turnwise.turn.News;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries news of entities and the coming and going of readers to the {@link HubFeed} of each, in one order. */
final class FeedHub extends AbstractBehavior<FeedHub.Event> {

    /** What the hub receives. */
    sealed interface Event extends NoSerializationVerificationNeeded {
        record Joined(Reader reader) implements Event {}

        record More(Reader reader, long version) implements Event {}

        record Left(Reader reader) implements Event {}

        record Told(News news) implements Event {}

        /** A journal has been read, or could not be. */
        record Read(String entityId, long number, Replay.@Nullable Noticed found) implements Event {}

        record GateGone(String entityId) implements Event {}

        /** A pause of one feed is over. */
        record Due(String entityId) implements Event {}

        /** There are readers still to be woken. */
        record GoOn(String entityId) implements Event {}

        record Renew() implements Event {}
    }

    /** What all feeds of a hub share. */
    record Surroundings(
            FeedSource source, FeedEncoder encoder, FeedSettings settings, InstantSource clock, Executor blocking) {}

    private final Surroundings surroundings;
    private final TimerScheduler<Event> timers;
    private final ActorRef<News> news;
    private final Map<String, HubFeed> feeds = new HashMap<>();
    private final Semaphore reads;
    private long numbers;

    static Behavior<Event> create(Surroundings surroundings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new FeedHub(context, timers, surroundings)));
    }

    private FeedHub(ActorContext<Event> context, TimerScheduler<Event> timers, Surroundings surroundings) {
        super(context);
        this.timers = timers;
        this.surroundings = surroundings;
        this.reads = new Semaphore(surroundings.settings().readsAtOnce());
        this.news = context.messageAdapter(News.class, Event.Told::new);
        timers.startTimerWithFixedDelay(
                new Event.Renew(), surroundings.settings().renewal());
    }

    @Override
    public Receive<Event> createReceive() {
        return newReceiveBuilder()
                .onMessage(Event.Joined.class, this::onJoined)
                .onMessage(
                        Event.More.class,
                        more -> with(entityId(more.reader()), feed -> feed.more(more.reader(), more.version())))
                .onMessage(Event.Left.class, this::onLeft)
                .onMessage(Event.Told.class, this::onTold)
                .onMessage(
                        Event.Read.class, read -> with(read.entityId(), feed -> feed.read(read.number(), read.found())))
                .onMessage(Event.GateGone.class, gone -> with(gone.entityId(), HubFeed::watchSurely))
                .onMessage(Event.Due.class, due -> with(due.entityId(), HubFeed::due))
                .onMessage(Event.GoOn.class, on -> with(on.entityId(), HubFeed::wakeSome))
                .onMessage(Event.Renew.class, this::onRenew)
                .build();
    }

    private Behavior<Event> with(String entityId, Consumer<HubFeed> action) {
        HubFeed feed = feeds.get(entityId);
        if (feed != null) {
            action.accept(feed);
        }
        return this;
    }

    private Behavior<Event> onJoined(Event.Joined joined) {
        String entityId = entityId(joined.reader());
        HubFeed feed = feeds.get(entityId);
        if (feed == null) {
            feed = new HubFeed(entityId, surroundings, new Tie(entityId));
            feeds.put(entityId, feed);
            feed.watchSurely();
        }
        feed.join(joined.reader());
        return this;
    }

    private Behavior<Event> onLeft(Event.Left left) {
        String entityId = entityId(left.reader());
        HubFeed feed = feeds.get(entityId);
        if (feed != null && feed.leave(left.reader())) {
            drop(entityId, feed);
        }
        return this;
    }

    /** What is here of an entity that was erased goes as a whole; readers who come again begin with nothing. */
    private Behavior<Event> onTold(Event.Told told) {
        News news = told.news();
        HubFeed feed = feeds.get(news.entityId());
        if (feed != null && feed.isOfAnEarlierLife(news)) {
            feed.endReaders();
            drop(news.entityId(), feed);
        } else if (feed != null) {
            feed.told(news);
        }
        return this;
    }

    private void drop(String entityId, HubFeed feed) {
        feeds.remove(entityId);
        timers.cancel(entityId);
        feed.end();
    }

    private Behavior<Event> onRenew(Event.Renew renew) {
        feeds.values().forEach(HubFeed::renew);
        return this;
    }

    private static String entityId(Reader reader) {
        return reader.joining().entityId();
    }

    /** What a feed needs of the actor it lives in. */
    final class Tie {
        private final String entityId;
        private @Nullable ActorRef<Message> gate;

        private Tie(String entityId) {
            this.entityId = entityId;
        }

        ActorRef<News> news() {
            return news;
        }

        /** From now on the end of {@code newGate} makes the feed watch again. */
        void to(@Nullable ActorRef<Message> newGate) {
            if (gate != null && !gate.equals(newGate)) {
                getContext().unwatch(gate);
            }
            if (newGate != null && !newGate.equals(gate)) {
                getContext().watchWith(newGate, new Event.GateGone(entityId));
            }
            gate = newGate;
        }

        /** A number for a question, not used before. */
        long number() {
            return ++numbers;
        }

        /** Says when the pause is over; one at a time. */
        void wakeIn(Duration pause) {
            if (!timers.isTimerActive(entityId)) {
                timers.startSingleTimer(entityId, new Event.Due(entityId), pause);
            }
        }

        /** Goes on with waking readers after a pause. */
        void goOnIn(Duration pause) {
            timers.startSingleTimer(new Event.GoOn(entityId), pause);
        }

        /** Does what blocks elsewhere. */
        void read(long number, Supplier<Replay.Noticed> reading) {
            if (!reads.tryAcquire()) {
                getContext().getSelf().tell(new Event.Read(entityId, number, null));
                return;
            }
            CompletableFuture<Replay.Noticed> later = CompletableFuture.supplyAsync(reading, surroundings.blocking())
                    .whenComplete((found, failure) -> reads.release());
            getContext().pipeToSelf(later, (found, failure) -> {
                if (failure != null) {
                    getContext().getLog().warn("The feed of {} cannot be read back", entityId, failure);
                }
                return new Event.Read(entityId, number, found);
            });
        }
    }
}
