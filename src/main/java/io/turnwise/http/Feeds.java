package io.turnwise.http;

import akka.NotUsed;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Source;
import akka.stream.typed.javadsl.ActorSource;
import akka.util.ByteString;
import io.turnwise.turn.Message.Update;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The live feeds that are read on this node: one watcher per entity however many read it, each message encoded once, and a
 * reader that is too slow skips to what is newest.
 */
public final class Feeds {

    /** Makes messages of an update; the one before it is null at first. */
    @FunctionalInterface
    public interface Encoder {
        List<ByteString> encode(@Nullable Update before, Update update);
    }

    private sealed interface Event extends NoSerializationVerificationNeeded {
        record Joined(String entityId, ActorRef<Piece> reader) implements Event {}

        record Left(String entityId, ActorRef<Piece> reader) implements Event {}

        record Updated(Update update) implements Event {}

        record Renew() implements Event {}
    }

    /** What a reader's stream gets. */
    private record Piece(ByteString message) implements NoSerializationVerificationNeeded {}

    /** Messages that wait for a slow reader; past it the oldest are dropped. */
    private static final int BACKLOG = 4;

    private final ActorRef<Event> hub;

    /**
     * Starts the hub of one kind of entity.
     *
     * @param watch asks an entity, by id, for its feed for one lease
     * @param renewal pause between two such requests, well below the lease
     */
    public Feeds(
            ActorSystem<?> system,
            String kind,
            BiConsumer<String, ActorRef<Update>> watch,
            Encoder encoder,
            Duration renewal) {
        this.hub = system.systemActorOf(
                Behaviors.setup(context -> new Hub(context, watch, encoder, renewal)), "feeds-" + kind, Props.empty());
    }

    /** The messages of one entity, the newest state first of all. */
    public Source<ByteString, NotUsed> messages(String entityId) {
        return ActorSource.<Piece>actorRef(
                        piece -> false, piece -> Optional.empty(), BACKLOG, OverflowStrategy.dropHead())
                .mapMaterializedValue(reader -> {
                    hub.tell(new Event.Joined(entityId, reader));
                    return reader;
                })
                .watchTermination((reader, done) -> {
                    done.whenCompleteAsync((end, failure) -> hub.tell(new Event.Left(entityId, reader)), Runnable::run);
                    return NotUsed.getInstance();
                })
                .map(Piece::message);
    }

    /** Who reads one entity, and what they saw last. */
    private static final class Readers {
        private final Set<ActorRef<Piece>> refs = new HashSet<>();
        private @Nullable Update newest;
        private List<Piece> pieces = List.of();
    }

    private static final class Hub extends AbstractBehavior<Event> {
        private final BiConsumer<String, ActorRef<Update>> watch;
        private final Encoder encoder;
        private final ActorRef<Update> updates;
        private final Map<String, Readers> byEntity = new HashMap<>();

        private Hub(
                ActorContext<Event> context,
                BiConsumer<String, ActorRef<Update>> watch,
                Encoder encoder,
                Duration renewal) {
            super(context);
            this.watch = watch;
            this.encoder = encoder;
            this.updates = context.messageAdapter(Update.class, Event.Updated::new);
            context.getSystem()
                    .scheduler()
                    .scheduleWithFixedDelay(
                            renewal,
                            renewal,
                            () -> context.getSelf().tell(new Event.Renew()),
                            context.getSystem().executionContext());
        }

        @Override
        public Receive<Event> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Event.Joined.class, this::onJoined)
                    .onMessage(Event.Left.class, this::onLeft)
                    .onMessage(Event.Updated.class, this::onUpdated)
                    .onMessage(Event.Renew.class, this::onRenew)
                    .build();
        }

        private Behavior<Event> onJoined(Event.Joined joined) {
            Readers readers = byEntity.computeIfAbsent(joined.entityId(), id -> new Readers());
            readers.refs.add(joined.reader());
            if (readers.refs.size() == 1) {
                watch.accept(joined.entityId(), updates);
            }
            readers.pieces.forEach(joined.reader()::tell);
            return this;
        }

        private Behavior<Event> onLeft(Event.Left left) {
            Readers readers = byEntity.get(left.entityId());
            if (readers != null && readers.refs.remove(left.reader()) && readers.refs.isEmpty()) {
                byEntity.remove(left.entityId());
            }
            return this;
        }

        private Behavior<Event> onUpdated(Event.Updated updated) {
            Update update = updated.update();
            Readers readers = byEntity.get(update.entityId());
            if (readers == null || (readers.newest != null && readers.newest.version() > update.version())) {
                return this;
            }
            readers.pieces = encoder.encode(readers.newest, update).stream()
                    .map(Piece::new)
                    .toList();
            readers.newest = update;
            readers.pieces.forEach(piece -> readers.refs.forEach(reader -> reader.tell(piece)));
            return this;
        }

        private Behavior<Event> onRenew(Event.Renew renew) {
            byEntity.keySet().forEach(entityId -> watch.accept(entityId, updates));
            return this;
        }
    }
}
