package io.turnwise.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an entity holds: the domain's state and what the kernel keeps beside it.
 *
 * <p>Mutable and owned by one entity, or by one fold of a journal; a turn whose write fails takes it along.
 *
 * @param <S> the domain's state
 */
public final class Held<S> {

    /** What is stored of it; see {@link AnswerMemory.Known} for the answers. */
    public record Snapshot(long version, long atMillis, Object state, List<AnswerMemory.Known> answers) {}

    private final AnswerMemory answers;
    private final Paces paces = new Paces();
    private S state;
    private long version;
    private long atMillis;
    private boolean erased;
    private @Nullable Noticing<S> noticing;

    public Held(Definition<S> definition, TurnSettings settings) {
        this.state = definition.empty();
        this.answers = new AnswerMemory(settings);
    }

    @SuppressWarnings("unchecked") // what was stored under this persistence id has this entity's type of state
    public Held(Snapshot snapshot, TurnSettings settings) {
        this.state = (S) snapshot.state();
        this.version = snapshot.version();
        this.atMillis = snapshot.atMillis();
        this.answers = new AnswerMemory(settings);
        snapshot.answers().forEach(answers::remember);
    }

    public S state() {
        return state;
    }

    /** The number of events so far. */
    public long version() {
        return version;
    }

    /** The newest stamp, epoch milliseconds. */
    public long atMillis() {
        return atMillis;
    }

    /** Whether nothing of it shall be kept; then it takes no more turns. */
    public boolean isErased() {
        return erased;
    }

    /** When it next wants to be woken; an erased one at once, so that whatever has interrupted its removal, it goes on. */
    long wakeAtMillis(Definition<S> definition) {
        return erased ? atMillis : definition.wakeAtMillis(state);
    }

    /** Has another state while nothing has happened. */
    void begin(S beginning) {
        if (version != 0) {
            throw new IllegalStateException("An entity of version " + version + " has begun already");
        }
        state = beginning;
    }

    /** From now on notices are collected there, or, with null, not at all. */
    public void noticing(@Nullable Noticing<S> collector) {
        noticing = collector;
    }

    AnswerMemory answers() {
        return answers;
    }

    Paces paces() {
        return paces;
    }

    /** An image that may be stored while the next turns are decided. */
    public Snapshot snapshot(Definition<S> definition) {
        return new Snapshot(version, atMillis, definition.image(state), answers.all());
    }

    /** Folds one row of the journal. */
    public void apply(Turn turn) {
        if (turn.version() != version + 1) {
            throw new IllegalStateException("The journal does not fit: after version " + version
                    + " came a turn that begins at " + turn.version());
        }
        for (Turn.Entry entry : turn.entries()) {
            apply(entry.events(), entry.by(), entry.atMillis());
            Turn.Remembered remembered = entry.remembered();
            if (remembered != null) {
                remember(remembered, entry.by());
            }
        }
    }

    @SuppressWarnings("unchecked") // see the constructor
    void apply(List<? extends Event<?>> events, String by, long stampMillis) {
        atMillis = Math.max(atMillis, stampMillis);
        for (Event<?> each : events) {
            version++;
            Event<S> event = (Event<S>) each;
            erased |= event instanceof Erased;
            Stamp at = new Stamp(by, stampMillis, version);
            state = noticing == null ? event.applyTo(state, at) : noticing.apply(event, state, at);
        }
    }

    void remember(Turn.Remembered answer, String by) {
        answers.remember(new AnswerMemory.Known(by, answer, version, atMillis));
    }
}
