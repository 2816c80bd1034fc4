package io.turnwise.turn;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The mailboxes of all entities of one kind, wherever in the cluster they live. */
public final class Mailboxes<S> {

    /** Of many asked at once: keys, names, and whatever else differs between them; the rest packs well. */
    public static final int ASKED_BYTES_MAX = 64 * 1024;

    /** One of many asked at once. */
    public record Asked<S>(Caller caller, Command<S, ?> command) {}

    private final ActorRef<ShardingEnvelope<Message>> region;
    private final Function<Object, String> contentHash;
    private final TurnEntity.Surroundings surroundings;
    private final Duration timeout;
    private final Replies replies;
    private final boolean isErasable;
    private volatile boolean closed;

    /**
     * Starts the kind on this node.
     *
     * @param contentHash of a command: the same for the same content, on every node and after every restart
     */
    public Mailboxes(
            ActorSystem<?> system,
            Definition<S> definition,
            TurnEntity.Surroundings surroundings,
            Function<Object, String> contentHash) {
        this.contentHash = contentHash;
        this.surroundings = surroundings;
        this.isErasable = definition.erasable() != null;
        this.timeout = surroundings.settings().askTimeout();
        EntityTypeKey<Message> key = EntityTypeKey.create(Message.class, definition.type());
        this.region = ClusterSharding.get(system)
                .init(Entity.of(key, entity -> TurnEntity.create(definition, entity.getEntityId(), surroundings))
                        .withStopMessage(new Message.Stop())
                        .withMessageExtractor(new ShardNames(
                                system.settings().config().getInt("akka.cluster.sharding.number-of-shards"))));
        this.replies = Replies.get(system);
        // What reached the entities while they stop would wait for new homes, and the stop would wait with it.
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseServiceStop(), "close-mailboxes-of-" + definition.type(), () -> {
                    closed = true;
                    return CompletableFuture.completedFuture(Done.getInstance());
                });
    }

    /**
     * Asks the entity and gets an {@link Reply.Accepted}, whose answer is the command's {@code A}, or a refusal; never fails.
     *
     * @param caller its content hash is filled in here when it has a key and no hash
     */
    public <A> CompletableFuture<Reply> ask(String tenant, String id, Caller caller, Command<S, A> command) {
        if (closed) {
            return CompletableFuture.completedFuture(Reply.Refused.of(TurnRejection.DOWN));
        }
        long deadlineMillis = surroundings.clock().millis() + timeout.toMillis();
        Replies.Pending reply = replies.expect(timeout);
        region.tell(new ShardingEnvelope<>(tenant + ":" + id, message(caller, command, deadlineMillis, reply)));
        return reply;
    }

    /**
     * Asks that nothing of the entity is kept, and gets an {@link Reply.Accepted} when nothing is; what comes meanwhile is refused,
     * what comes later begins a new life. Once it has begun it is ended, whatever happens; who got no answer asks again.
     *
     * @param caller may demand a version; a key would be erased with the rest
     */
    public CompletableFuture<Reply> erase(String tenant, String id, Caller caller) {
        if (!isErasable) {
            throw new IllegalStateException("Entities of this kind cannot be erased");
        }
        return ask(tenant, id, Caller.of(caller.by()).withIfVersion(caller.ifVersion()), new Erase<>());
    }

    /**
     * Asks one entity many things in their order; of those that it refuses as busy none stands before one that it took.
     *
     * @param asked at most {@link #ASKED_BYTES_MAX} bytes of what differs between them, or they may be too many for another node
     * @return the replies in the same order; never fails
     */
    public CompletableFuture<List<Reply>> askAll(String tenant, String id, List<Asked<S>> asked) {
        if (closed) {
            return CompletableFuture.completedFuture(
                    Collections.nCopies(asked.size(), Reply.Refused.of(TurnRejection.DOWN)));
        }
        long deadlineMillis = surroundings.clock().millis() + timeout.toMillis();
        Replies.Pending[] pending = new Replies.Pending[asked.size()];
        List<Message.Ask> asks = new ArrayList<>(asked.size());
        for (int i = 0; i < pending.length; i++) {
            pending[i] = replies.expect(timeout);
            asks.add(message(asked.get(i).caller(), asked.get(i).command(), deadlineMillis, pending[i]));
        }
        region.tell(new ShardingEnvelope<>(tenant + ":" + id, new Message.AskAll(asks)));
        return CompletableFuture.allOf(pending)
                .thenApply(
                        all -> Arrays.stream(pending).map(Replies.Pending::join).toList());
    }

    private Message.Ask message(Caller caller, Command<S, ?> command, long deadlineMillis, ReplyTo replyTo) {
        Caller asking = caller.key() == null || caller.contentHash() != null
                ? caller
                : caller.withKey(caller.key(), contentHash.apply(command));
        return new Message.Ask(asking, command, deadlineMillis, replyTo);
    }

    public void wake(String entityId) {
        send(entityId, new Message.Wake());
    }

    /** Sends news of {@code <tenant>:<id>} to {@code watcher} for one lease, its state at once if {@code anew}. */
    public void watch(String entityId, ActorRef<News> watcher, boolean anew) {
        send(entityId, new Message.Watch(watcher, anew));
    }

    /** Asks {@code <tenant>:<id>}, which must be watched, for what was missed. */
    public void missed(String entityId, Message.Missed missed) {
        send(entityId, missed);
    }

    private void send(String entityId, Message message) {
        if (!closed) {
            region.tell(new ShardingEnvelope<>(entityId, message));
        }
    }
}
