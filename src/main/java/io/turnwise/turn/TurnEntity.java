package io.turnwise.turn;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox of one entity: collects what arrives while its {@link TurnWriter} commits the turn before.
 *
 * <p>An idle entity takes a turn of one at once; a hot one batches by itself. What cannot wait is refused: past the bound
 * with {@code busy}, while the writer is down with {@code unavailable}.
 */
public final class TurnEntity<S> extends AbstractBehavior<Message> {

    /**
     * What is the same for all entities of a node.
     *
     * @param turnWritten takes the persistence id of a row just written, and returns at once
     * @param snapshots takes images of entities, and returns at once
     * @param eraser removes what is stored of entities, and returns at once
     * @param isOutage whether a failure is explained by the journal's being away, which is said once for all entities
     */
    public record Surroundings(
            TurnSettings settings,
            InstantSource clock,
            Consumer<String> turnWritten,
            SnapshotStore snapshots,
            Eraser eraser,
            Predicate<Throwable> isOutage) {}

    /** Akka's timers reach 248 days; a later alarm is looked at again. */
    private static final long LONGEST_TIMER_MILLIS = Duration.ofDays(1).toMillis();

    private final Definition<S> definition;
    private final String entityId;
    private final Surroundings surroundings;
    private final TurnSettings settings;
    private final TimerScheduler<Message> timers;

    private enum WriterState {
        STARTING,
        IDLE,
        WRITING,
        DOWN
    }

    private WriterState writerState = WriterState.STARTING;
    private ActorRef<Message.ToWriter> writer;
    private Duration backoff;
    private List<Message.Waiting> waiting = new ArrayList<>();
    private List<Message.Waiting> inFlight = List.of();
    private boolean stopping;
    private boolean rested;
    /** Until then, by {@link System#nanoTime}, a write of unknown outcome may still arrive in the journal. */
    private long writesArriveUntilNanos = System.nanoTime();

    private final Watchers watchers;
    private final @Nullable Command<S, ?> feed;
    private long publishedMillis;
    /** To be read at the end of the next turn, not amid it: nothing is then newer than the state that goes out. */
    private boolean feedDue;

    /**
     * The behaviour of one entity.
     *
     * @param entityId {@code <tenant>:<id>}
     */
    public static <S> Behavior<Message> create(Definition<S> definition, String entityId, Surroundings surroundings) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new TurnEntity<>(context, timers, definition, entityId, surroundings)));
    }

    private TurnEntity(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Definition<S> definition,
            String entityId,
            Surroundings surroundings) {
        super(context);
        this.timers = timers;
        this.definition = definition;
        this.entityId = entityId;
        this.surroundings = surroundings;
        this.settings = surroundings.settings();
        this.backoff = settings.restartBackoffMin();
        this.feed = definition.feed();
        this.watchers = new Watchers(entityId, settings);
        this.writer = spawnWriter(context);
    }

    private ActorRef<Message.ToWriter> spawnWriter(ActorContext<Message> context) {
        ActorRef<Message.ToWriter> spawned =
                context.spawnAnonymous(TurnWriter.create(definition, entityId, surroundings, context.getSelf()));
        context.watch(spawned);
        return spawned;
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Message.Ask.class, this::onAsk)
                .onMessage(Message.AskAll.class, this::onAskAll)
                .onMessage(Message.Done.class, this::onDone)
                .onMessage(Message.Wake.class, this::onWake)
                .onMessage(Message.Ready.class, this::onReady)
                .onMessage(Message.StartWriter.class, this::onStartWriter)
                .onMessage(Message.Remained.class, this::onRemained)
                .onMessage(Message.Erasing.class, this::onErasing)
                .onMessage(Message.Watch.class, this::onWatch)
                .onMessage(Message.Missed.class, this::onMissed)
                .onMessage(Message.Publish.class, this::onPublish)
                .onMessage(Message.FeedAnswer.class, this::onFeedAnswer)
                .onMessage(Message.Stop.class, this::onStop)
                .onSignal(ChildFailed.class, this::onWriterFailed)
                .build();
    }

    private Behavior<Message> onAsk(Message.Ask ask) {
        admit(ask);
        takeTurn();
        return this;
    }

    private Behavior<Message> onAskAll(Message.AskAll all) {
        all.asks().forEach(this::admit); // no turn begins between them: what makes room would let a later one overtake
        takeTurn();
        return this;
    }

    private void admit(Message.Ask ask) {
        if (writerState == WriterState.DOWN) {
            refuse(ask, TurnRejection.DOWN);
        } else if (waiting.size() >= settings.waitingMax()) {
            refuse(ask, TurnRejection.BUSY);
        } else {
            waiting.add(arrived(ask));
        }
    }

    private Behavior<Message> onWake(Message.Wake wake) {
        if (writerState != WriterState.DOWN) { // it looks for itself when it is up again
            enqueue(wake);
        }
        return this;
    }

    private void enqueue(Message message) {
        waiting.add(arrived(message));
        takeTurn();
    }

    private Message.Waiting arrived(Message message) {
        return new Message.Waiting(message, surroundings.clock().millis(), System.nanoTime());
    }

    private void takeTurn() {
        if (writerState != WriterState.IDLE || (waiting.isEmpty() && !feedDue)) {
            return;
        }
        if (waiting.size() <= settings.commandsPerTurn()) {
            inFlight = waiting;
            waiting = new ArrayList<>();
        } else {
            List<Message.Waiting> first = waiting.subList(0, settings.commandsPerTurn());
            inFlight = new ArrayList<>(first);
            first.clear();
        }
        if (feedDue && feed != null) {
            inFlight.add(arrived(askFor(feed)));
            feedDue = false;
        }
        writerState = WriterState.WRITING;
        writer.tell(new Message.Take(inFlight, !watchers.isEmpty()));
    }

    private Message.Ask askFor(Command<S, ?> read) {
        ActorRef<Message> self = getContext().getSelf();
        ReplyTo publish = reply -> self.tell(new Message.FeedAnswer(reply));
        long deadlineMillis =
                surroundings.clock().millis() + settings.askTimeout().toMillis();
        return new Message.Ask(Caller.of(Caller.SYSTEM), read, deadlineMillis, publish);
    }

    /** Of one to which nothing has happened something may remain from a life before. */
    private Behavior<Message> onReady(Message.Ready ready) {
        if (ready.version() != 0 || definition.erasable() == null) {
            return recovered(ready);
        }
        ActorRef<Message.ToWriter> asking = writer;
        getContext()
                .pipeToSelf(
                        surroundings.eraser().remainder(definition.persistenceId(entityId)),
                        (remainder, failure) -> new Message.Remained(asking, failure == null ? remainder : 0, failure));
        return this;
    }

    private Behavior<Message> onRemained(Message.Remained remained) {
        if (!remained.writer().equals(writer)) { // it failed meanwhile
            return this;
        }
        if (remained.failure() != null) {
            dismissWriter();
            return writerDown(remained.failure());
        }
        if (remained.remainder() != 0) {
            writer.tell(new Message.Begin(remained.remainder()));
        }
        return recovered(new Message.Ready(0, Definition.NEVER));
    }

    private void dismissWriter() {
        getContext().unwatch(writer);
        getContext().stop(writer);
    }

    private Behavior<Message> recovered(Message.Ready ready) {
        backoff = settings.restartBackoffMin();
        watchers.ready(ready.version(), getContext().getSelf());
        if (!watchers.isEmpty() && !watchers.haveSeen(ready.version())) {
            publishSoon();
        }
        return writerIdle(ready.wakeAtMillis());
    }

    private Behavior<Message> onDone(Message.Done done) {
        inFlight = List.of();
        watchers.written(done);
        if (!watchers.isEmpty() && !watchers.haveSeen(done.version())) {
            publishSoon();
        }
        return writerIdle(done.wakeAtMillis());
    }

    private Behavior<Message> writerIdle(long wakeAtMillis) {
        writerState = WriterState.IDLE;
        setAlarm(wakeAtMillis);
        takeTurn();
        return stopIfFinished();
    }

    private void setAlarm(long wakeAtMillis) {
        if (wakeAtMillis == Definition.NEVER) {
            timers.cancel(Message.Wake.class);
        } else {
            long delayMillis = Math.max(0, wakeAtMillis - surroundings.clock().millis());
            timers.startSingleTimer(
                    Message.Wake.class,
                    new Message.Wake(),
                    Duration.ofMillis(Math.min(delayMillis, LONGEST_TIMER_MILLIS)));
        }
    }

    /** The outcome of the turn in flight is unknown; what waited behind it is certainly not done. */
    private Behavior<Message> onWriterFailed(ChildFailed failed) {
        writesArriveUntilNanos =
                System.nanoTime() + settings.eraseAfterFailure().toNanos();
        return writerDown(failed.getCause());
    }

    private Behavior<Message> writerDown(Throwable cause) {
        refuseAll(inFlight, TurnRejection.UNKNOWN_OUTCOME);
        inFlight = List.of();
        refuseAll(waiting, TurnRejection.DOWN);
        waiting = new ArrayList<>();
        writerState = WriterState.DOWN;
        feedDue = !watchers.isEmpty(); // whoever came meanwhile, or whose state was being read, has not seen it
        if (stopping) {
            return Behaviors.stopped();
        }
        if (!surroundings.isOutage().test(cause)) {
            getContext().getLog().error("The writer of {} failed, starts again in {}", entityId, backoff, cause);
        }
        timers.startSingleTimer(new Message.StartWriter(), backoff);
        backoff = settings.longerThan(backoff);
        return this;
    }

    private Behavior<Message> onStartWriter(Message.StartWriter start) {
        writer = spawnWriter(getContext());
        return this;
    }

    /** What is stored is removed when nothing more of it can arrive. */
    private Behavior<Message> onErasing(Message.Erasing begun) {
        dismissWriter();
        timers.cancelAll();
        Erasing<S> erasing = new Erasing<>(getContext(), timers, definition, entityId, surroundings, begun);
        for (Message.Waiting each : waiting) {
            if (each.message() instanceof Message.Ask ask) {
                erasing.hear(ask);
            }
        }
        if (stopping) {
            getContext().getSelf().tell(new Message.Stop());
        }
        long waitNanos = Math.max(0, writesArriveUntilNanos - System.nanoTime());
        timers.startSingleTimer(new Message.TryToErase(), Duration.ofNanos(waitNanos));
        return erasing;
    }

    private Behavior<Message> onStop(Message.Stop stop) {
        stopping = true;
        return stopIfFinished();
    }

    private Behavior<Message> stopIfFinished() {
        boolean finished = waiting.isEmpty() && (writerState == WriterState.IDLE || writerState == WriterState.DOWN);
        if (!stopping || !finished) {
            return this;
        }
        if (writerState == WriterState.IDLE && !rested) {
            rested = true;
            writerState = WriterState.WRITING;
            writer.tell(new Message.Rest());
            return this;
        }
        return Behaviors.stopped();
    }

    // ---- the feed: at most one publication per interval, to those whose lease runs

    private Behavior<Message> onWatch(Message.Watch watch) {
        boolean isNew = watchers.add(
                watch.watcher(), getContext().getSelf(), surroundings.clock().millis());
        if (isNew || watch.anew()) {
            publishSoon();
        }
        return this;
    }

    private Behavior<Message> onMissed(Message.Missed missed) {
        watchers.answer(missed);
        return this;
    }

    private void publishSoon() {
        if (feed != null && !timers.isTimerActive(Message.Publish.class)) {
            long sinceMillis = Math.abs(surroundings.clock().millis() - publishedMillis);
            long pauseMillis = Math.max(0, settings.feedInterval().toMillis() - sinceMillis);
            timers.startSingleTimer(Message.Publish.class, new Message.Publish(), Duration.ofMillis(pauseMillis));
        }
    }

    private Behavior<Message> onPublish(Message.Publish due) {
        long nowMillis = surroundings.clock().millis();
        watchers.endLeases(nowMillis);
        if (feed != null && !watchers.isEmpty()) {
            publishedMillis = nowMillis;
            feedDue = true;
            takeTurn();
        }
        return this;
    }

    private Behavior<Message> onFeedAnswer(Message.FeedAnswer answer) {
        if (answer.reply() instanceof Reply.Accepted accepted) {
            watchers.answered(accepted);
        }
        return this;
    }

    private static void refuseAll(List<Message.Waiting> messages, TurnRejection reason) {
        for (Message.Waiting message : messages) {
            if (message.message() instanceof Message.Ask ask) {
                refuse(ask, reason);
            }
        }
    }

    private static void refuse(Message.Ask ask, TurnRejection reason) {
        ask.replyTo().tell(Reply.Refused.of(reason));
    }
}
