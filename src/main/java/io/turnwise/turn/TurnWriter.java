package io.turnwise.turn;

import akka.actor.typed.ActorRef;
import akka.actor.typed.BackoffSupervisorStrategy;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.EventAdapter;
import akka.persistence.typed.EventSeq;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.SignalHandler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The persistent child of a {@link TurnEntity}: decides a turn, writes it as one row, then answers it.
 *
 * <p>Snapshots are not Akka's, which would make the turn wait for its snapshot: an image is taken between turns and stored beside
 * them, in the table from which Akka recovers.
 */
final class TurnWriter<S> extends EventSourcedBehavior<Message.ToWriter, Written, Held<S>> {

    /** Never restarts: the gate does that, and the gate is told the failure, so it is not logged here. */
    private static final BackoffSupervisorStrategy FAIL = SupervisorStrategy.restartWithBackoff(
                    Duration.ofSeconds(1), Duration.ofSeconds(1), 0)
            .withMaxRestarts(0)
            .withLoggingEnabled(false);

    private final ActorContext<Message.ToWriter> context;
    private final Definition<S> definition;
    private final TurnEntity.Surroundings surroundings;
    private final String tenant;
    private final ActorRef<Message> gate;
    private long snapshotVersion;
    private long snapshotMillis;
    private CompletableFuture<Void> snapshot = CompletableFuture.completedFuture(null);

    static <S> Behavior<Message.ToWriter> create(
            Definition<S> definition, String entityId, TurnEntity.Surroundings surroundings, ActorRef<Message> gate) {
        return Behaviors.setup(context -> new TurnWriter<>(context, definition, entityId, surroundings, gate));
    }

    private TurnWriter(
            ActorContext<Message.ToWriter> context,
            Definition<S> definition,
            String entityId,
            TurnEntity.Surroundings surroundings,
            ActorRef<Message> gate) {
        super(PersistenceId.ofUniqueId(definition.persistenceId(entityId)), FAIL);
        this.context = context;
        this.definition = definition;
        this.tenant = entityId.substring(0, entityId.indexOf(':'));
        this.surroundings = surroundings;
        this.gate = gate;
    }

    @Override
    public Held<S> emptyState() {
        return new Held<>(definition, surroundings.settings());
    }

    @Override
    public CommandHandler<Message.ToWriter, Written, Held<S>> commandHandler() {
        return (held, message) -> {
            if (message instanceof Message.Begin begin) {
                held.begin(erasable().afterErasure(begin.remainder()));
                return Effect().none();
            }
            if (message instanceof Message.Rest) {
                return Effect().none().thenRun(this::rest);
            }
            return takeTurn(held, (Message.Take) message);
        };
    }

    private Effect<Written, Held<S>> takeTurn(Held<S> held, Message.Take take) {
        Noticing<S> noticing = take.watched() ? new Noticing<>(definition) : null;
        held.noticing(noticing);
        Deciding<S> deciding = new Deciding<>(definition, tenant, held);
        long nowNanos = System.nanoTime();
        take.waiting().forEach(waiting -> deciding.decide(waiting, nowNanos));
        if (deciding.hasNothingToWrite()) {
            return Effect().none().thenRun(same -> finish(deciding, same, noticing));
        }
        return Effect().persist(new Written.DecidedTurn(deciding.turn(), held)).thenRun(after -> {
            finish(deciding, after, noticing);
            surroundings.turnWritten().accept(persistenceId().id());
            if (!after.isErased()) {
                storeSnapshotIfDue(after);
            }
        });
    }

    private Erasable<S> erasable() {
        return Objects.requireNonNull(definition.erasable(), () -> definition.type() + " cannot be erased");
    }

    private void finish(Deciding<S> deciding, Held<S> held, @Nullable Noticing<S> noticing) {
        deciding.answer();
        if (held.isErased()) {
            tellErased(held, deciding.erasers());
            return;
        }
        List<Notice> notices = noticing == null ? null : noticing.take();
        gate.tell(new Message.Done(held.version(), held.wakeAtMillis(definition), notices));
    }

    /** Not before the last snapshot is stored: it would outlive the rest. */
    private void tellErased(Held<S> held, List<ReplyTo> erasers) {
        Message.Erasing erasing = new Message.Erasing(erasable().remainder(held.state()), erasers);
        snapshot = snapshot.thenRun(() -> gate.tell(erasing));
    }

    @Override
    @SuppressWarnings("unchecked") // a decided turn comes back to the writer that decided it
    public EventHandler<Held<S>, Written> eventHandler() {
        return (held, written) -> {
            if (written instanceof Written.DecidedTurn decided) {
                return (Held<S>) decided.after();
            }
            held.apply((Turn) written);
            return held;
        };
    }

    @Override
    public SignalHandler<Held<S>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (held, completed) -> recovered(held))
                .build();
    }

    private void recovered(Held<S> held) {
        if (held.isErased()) {
            tellErased(held, List.of());
        } else {
            gate.tell(new Message.Ready(held.version(), held.wakeAtMillis(definition)));
        }
    }

    /** By our own version, later for a large state, and never so often that snapshots are all that a hot entity does. */
    private void storeSnapshotIfDue(Held<S> held) {
        TurnSettings settings = surroundings.settings();
        long nowMillis = surroundings.clock().millis();
        long dueEvents = Math.max(
                settings.snapshotEvents(),
                definition.elements(held.state()) + held.answers().size());
        if (held.version() - snapshotVersion >= dueEvents
                && Math.abs(nowMillis - snapshotMillis)
                        >= settings.snapshotInterval().toMillis()
                && snapshot.isDone()) {
            snapshotMillis = nowMillis;
            storeSnapshot(held);
        }
    }

    /** Whoever wakes it next waits for what is folded then, and nobody for what is stored now. */
    private void rest(Held<S> held) {
        if (held.version() - snapshotVersion >= surroundings.settings().snapshotEventsAtRest()) {
            storeSnapshot(held);
        }
        gate.tell(new Message.Done(held.version(), held.wakeAtMillis(definition), null));
    }

    private void storeSnapshot(Held<S> held) {
        snapshotVersion = held.version();
        snapshot = surroundings
                .snapshots()
                .store(persistenceId().id(), lastSequenceNumber(context), held.snapshot(definition));
    }

    @Override
    public SnapshotAdapter<Held<S>> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(Held<S> held) {
                throw new IllegalStateException("Akka stores no snapshots here");
            }

            @Override
            public Held<S> fromJournal(Object stored) {
                Held.Snapshot snapshot = (Held.Snapshot) stored;
                snapshotVersion = snapshot.version();
                return new Held<>(snapshot, surroundings.settings());
            }
        };
    }

    @Override
    public EventAdapter<Written, Turn> eventAdapter() {
        return new EventAdapter<>() {
            @Override
            public Turn toJournal(Written written) {
                return written instanceof Written.DecidedTurn decided ? decided.turn() : (Turn) written;
            }

            @Override
            public String manifest(Written written) {
                return "";
            }

            @Override
            public EventSeq<Written> fromJournal(Turn turn, String manifest) {
                return EventSeq.single(turn);
            }
        };
    }
}
