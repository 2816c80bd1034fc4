package io.turnwise.turn;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The replies that this node waits for.
 *
 * <p>One that stays on the node is a future that the entity completes: no actor, no timer of its own. Only when its ask leaves
 * the node does it get an {@link Address}.
 */
public final class Replies implements Extension {

    /** A reply that will come, at the latest as a refusal when its time is over. */
    public static final class Pending extends CompletableFuture<Reply> implements ReplyTo {
        private final long deadlineNanos;

        private Pending(Duration timeout) {
            this.deadlineNanos = System.nanoTime() + timeout.toNanos();
        }

        @Override
        public void tell(Reply reply) {
            complete(reply);
        }
    }

    /** Where another node sends a reply. */
    public record Address(ActorRef<Arrived> desk, long number) implements ReplyTo {
        @Override
        public void tell(Reply reply) {
            desk.tell(new Arrived(number, reply));
        }
    }

    /** A reply from another node. */
    public record Arrived(long number, Reply reply) {}

    private static final ExtensionId<Replies> ID = new ExtensionId<>() {
        @Override
        public Replies createExtension(ActorSystem<?> system) {
            return new Replies(system);
        }
    };

    private static final Duration SWEEP = Duration.ofMillis(100);

    /** In the order they were asked for, which is the order in which their time is over. */
    private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();

    private final Map<Long, Pending> byNumber = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final ActorRef<Arrived> desk;

    public static Replies get(ActorSystem<?> system) {
        return system.registerExtension(ID);
    }

    private Replies(ActorSystem<?> system) {
        this.desk = system.systemActorOf(
                Behaviors.<Arrived>receiveMessage(arrived -> {
                    Pending pending = byNumber.get(arrived.number());
                    if (pending != null) {
                        pending.tell(arrived.reply());
                    }
                    return Behaviors.same();
                }),
                "replies",
                Props.empty());
        system.scheduler().scheduleWithFixedDelay(SWEEP, SWEEP, this::sweep, system.executionContext());
    }

    /** A reply to wait for; the same timeout for all, or a short one would wait behind a long one. */
    public Pending expect(Duration timeout) {
        Pending pending = new Pending(timeout);
        waiting.add(pending);
        return pending;
    }

    /** The address under which another node can reply. */
    public Address address(Pending pending) {
        long number = numbers.incrementAndGet();
        byNumber.put(number, pending);
        CompletableFuture<Reply> unused = pending.whenComplete((reply, failure) -> byNumber.remove(number));
        return new Address(desk, number);
    }

    private void sweep() {
        long nowNanos = System.nanoTime();
        Pending head = waiting.peek();
        while (head != null && (head.isDone() || head.deadlineNanos - nowNanos < 0)) {
            head.tell(Reply.Refused.of(TurnRejection.UNKNOWN_OUTCOME));
            waiting.remove();
            head = waiting.peek();
        }
    }
}
