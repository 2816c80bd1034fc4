package io.turnwise.turn;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The mailbox of an entity that was erased, until nothing of it is stored: refuses whatever comes, and then is that of an
 * entity to which nothing has happened.
 *
 * <p>Nobody writes to it any more: its writer is stopped, and the journal has its last event. Where this ends before its time,
 * whoever wakes the entity finds that event and goes on.
 */
final class Erasing<S> extends AbstractBehavior<Message> {

    private final TimerScheduler<Message> timers;
    private final Definition<S> definition;
    private final String entityId;
    private final TurnEntity.Surroundings surroundings;
    private final long remainder;
    private final List<ReplyTo> erasers;
    private Duration pause;

    /** @param begun what the writer said */
    Erasing(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Definition<S> definition,
            String entityId,
            TurnEntity.Surroundings surroundings,
            Message.Erasing begun) {
        super(context);
        this.timers = timers;
        this.definition = definition;
        this.entityId = entityId;
        this.surroundings = surroundings;
        this.remainder = begun.remainder();
        this.erasers = new ArrayList<>(begun.erasers());
        this.pause = surroundings.settings().restartBackoffMin();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Message.Ask.class, this::onAsk)
                .onMessage(Message.AskAll.class, this::onAskAll)
                .onMessage(Message.TryToErase.class, this::onTry)
                .onMessage(Message.TriedToErase.class, this::onTried)
                .onMessage(Message.Stop.class, this::onStop)
                .onAnyMessage(alarmOrFeed -> this)
                .build();
    }

    private Behavior<Message> onAsk(Message.Ask ask) {
        hear(ask);
        return this;
    }

    private Behavior<Message> onAskAll(Message.AskAll all) {
        all.asks().forEach(this::hear);
        return this;
    }

    /** Whoever asks for it, too, waits for it; everybody else hears that it goes on. */
    void hear(Message.Ask ask) {
        if (ask.command() instanceof Erase) {
            erasers.add(ask.replyTo());
        } else {
            ask.replyTo().tell(Reply.Refused.of(TurnRejection.BEING_ERASED));
        }
    }

    private Behavior<Message> onTry(Message.TryToErase attempt) {
        getContext()
                .pipeToSelf(
                        surroundings.eraser().erase(definition.persistenceId(entityId), remainder),
                        (isGone, failure) -> new Message.TriedToErase(failure == null && isGone, failure));
        return this;
    }

    private Behavior<Message> onTried(Message.TriedToErase tried) {
        if (tried.isGone()) {
            erasers.forEach(eraser -> eraser.tell(new Reply.Accepted(new Erased<>(), 0, false)));
            return TurnEntity.create(definition, entityId, surroundings);
        }
        if (tried.failure() != null && !surroundings.isOutage().test(tried.failure())) {
            getContext().getLog().error("What is stored of an erased entity cannot be removed yet", tried.failure());
        }
        timers.startSingleTimer(new Message.TryToErase(), pause);
        pause = surroundings.settings().longerThan(pause);
        return this;
    }

    private Behavior<Message> onStop(Message.Stop stop) {
        erasers.forEach(eraser -> eraser.tell(Reply.Refused.of(TurnRejection.UNKNOWN_OUTCOME)));
        return Behaviors.stopped();
    }
}
