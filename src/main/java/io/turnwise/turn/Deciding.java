package io.turnwise.turn;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn: what waits is decided in order of arrival, each command against the state that those before it have left.
 *
 * <p>Nothing is answered here: the answers lie ready until the row is written.
 */
final class Deciding<S> {

    private static final Logger log = LoggerFactory.getLogger(Deciding.class);

    private record Answer(ReplyTo to, Reply reply) {}

    private final Definition<S> definition;
    private final String tenant;
    private final Held<S> held;
    private final long firstVersion;
    private final List<Turn.Entry> entries = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<ReplyTo> erasers = new ArrayList<>();

    Deciding(Definition<S> definition, String tenant, Held<S> held) {
        this.definition = definition;
        this.tenant = tenant;
        this.held = held;
        this.firstVersion = held.version() + 1;
    }

    void decide(Message.Waiting waiting, long nowNanos) {
        if (held.isErased()) {
            decideErased(waiting);
            return;
        }
        long atMillis = Math.max(waiting.arrivedMillis(), held.atMillis());
        bringDue(atMillis);
        if (waiting.message() instanceof Message.Ask ask) {
            Reply reply = waiting.isExpired(nowNanos)
                    ? refused(TurnRejection.EXPIRED)
                    : replyTo(ask, waiting.arrivedMillis(), atMillis);
            if (held.isErased()) {
                erasers.add(ask.replyTo());
            } else {
                answers.add(new Answer(ask.replyTo(), reply));
            }
        }
    }

    /** What comes behind the command by which it was erased. */
    private void decideErased(Message.Waiting waiting) {
        if (waiting.message() instanceof Message.Ask ask) {
            if (ask.command() instanceof Erase) {
                erasers.add(ask.replyTo());
            } else {
                answers.add(new Answer(ask.replyTo(), refused(TurnRejection.BEING_ERASED)));
            }
        }
    }

    boolean hasNothingToWrite() {
        return entries.isEmpty();
    }

    Turn turn() {
        return new Turn(
                firstVersion, entries.get(0).atMillis(), held.wakeAtMillis(definition), tenant, List.copyOf(entries));
    }

    void answer() {
        answers.forEach(answer -> answer.to().tell(answer.reply()));
    }

    /** Those who wait until nothing of it is stored. */
    List<ReplyTo> erasers() {
        return erasers;
    }

    /** What time has brought about goes before the command that finds it. */
    private void bringDue(long atMillis) {
        while (definition.wakeAtMillis(held.state()) <= atMillis) {
            List<? extends Event<S>> due =
                    definition.due(held.state(), new Stamp(Caller.SYSTEM, atMillis, held.version()));
            if (due.isEmpty()) {
                throw new IllegalStateException(definition.type() + " wants to be woken but nothing is due");
            }
            write(Caller.of(Caller.SYSTEM), due, atMillis);
        }
    }

    private Reply replyTo(Message.Ask ask, long arrivedMillis, long atMillis) {
        Caller caller = ask.caller();
        if (caller.key() != null) {
            AnswerMemory.Known known = held.answers().find(caller.by(), caller.key(), atMillis);
            if (known != null) {
                return known.answer().contentHash().equals(caller.contentHash())
                        ? new Reply.Accepted(known.answer().answer(), known.version(), true)
                        : refused(TurnRejection.KEY_REUSED);
            }
        }
        @SuppressWarnings("unchecked") // the door of this entity's domain takes commands for its state only
        Command<S, Object> command = (Command<S, Object>) ask.command();
        boolean demands = caller.ifVersion() != Caller.ANY_VERSION;
        if (demands && (caller.ifVersion() != held.version() || !command.tellsVersion(held.state()))) {
            return refused(TurnRejection.VERSION_MISMATCH);
        }
        return decide(command, caller, arrivedMillis, atMillis);
    }

    private Reply decide(Command<S, Object> command, Caller caller, long arrivedMillis, long atMillis) {
        Decision<S, Object> decision;
        try {
            Pace pace = caller.unpaced() ? null : command.pace(held.state());
            // by the clock and not by the stamp, which stands still after the clock was set back
            if (pace != null && !held.paces().admits(caller.by(), pace, arrivedMillis)) {
                return refused(TurnRejection.TOO_OFTEN);
            }
            decision = command.decide(held.state(), new Stamp(caller.by(), atMillis, held.version()));
        } catch (RuntimeException fault) {
            log.error("{} failed to decide, request {}", command.getClass().getName(), caller.correlation(), fault);
            return refused(TurnRejection.INTERNAL);
        }
        return decision.fold(
                accepted -> accept(caller, accepted, atMillis),
                refused -> Reply.Refused.of(refused.reason(), refused.detail(), held.version()));
    }

    private Reply accept(Caller caller, Decision.Accepted<S, Object> accepted, long atMillis) {
        if (accepted.events().isEmpty() && caller.key() == null) {
            return new Reply.Accepted(answerOf(accepted, caller, atMillis), held.version(), false);
        }
        int written = entries.size();
        write(caller, accepted.events(), atMillis);
        Object answer = answerOf(accepted, caller, atMillis);
        if (caller.key() != null && caller.contentHash() != null) {
            Turn.Remembered remembered = new Turn.Remembered(caller.key(), caller.contentHash(), answer);
            entries.set(written, entries.get(written).withRemembered(remembered));
            held.remember(remembered, caller.by());
        }
        return new Reply.Accepted(answer, held.version(), false);
    }

    private void write(Caller caller, List<? extends Event<S>> events, long atMillis) {
        held.apply(events, caller.by(), atMillis);
        entries.add(new Turn.Entry(caller.by(), atMillis, events, null, caller.correlation(), caller.traceparent()));
    }

    private Object answerOf(Decision.Accepted<S, Object> accepted, Caller caller, long atMillis) {
        return accepted.answer().apply(held.state(), new Stamp(caller.by(), atMillis, held.version()));
    }

    private Reply refused(TurnRejection reason) {
        return Reply.Refused.of(reason, reason.detail(), held.version());
    }
}
