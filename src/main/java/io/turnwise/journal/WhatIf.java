package io.turnwise.journal;

import io.turnwise.turn.Event;
import io.turnwise.turn.Held;
import io.turnwise.turn.Stamp;
import io.turnwise.turn.Turn;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fold that leaves one event out.
 *
 * @param <S> the entity's state
 */
public final class WhatIf<S> {

    private static final Logger log = LoggerFactory.getLogger(WhatIf.class);

    private final long without;
    private S state;
    private long version;
    private OptionalLong misfitVersion = OptionalLong.empty();

    WhatIf(Held<S> before, long without) {
        this.without = without;
        this.state = before.state();
        this.version = before.version();
    }

    /** Until an event does not fit what those before it have made. */
    void fold(Turn turn) {
        long next = turn.version();
        for (Turn.Entry entry : turn.entries()) {
            for (Event<?> event : entry.events()) {
                if (misfitVersion.isPresent()) {
                    return;
                }
                apply(event, new Stamp(entry.by(), entry.atMillis(), next));
                next++;
            }
        }
    }

    @SuppressWarnings("unchecked") // what is stored under this persistence id has this entity's type of state
    private void apply(Event<?> event, Stamp at) {
        if (at.version() != without) {
            try {
                state = ((Event<S>) event).applyTo(state, at);
            } catch (RuntimeException misfit) {
                log.debug("Without event {}, event {} cannot be applied", without, at.version(), misfit);
                misfitVersion = OptionalLong.of(at.version());
                return;
            }
        }
        version = at.version();
    }

    /** The version of the first event that cannot be applied without the one left out; there is then no state to speak of. */
    public OptionalLong misfitVersion() {
        return misfitVersion;
    }

    /** The state without the event; half changed where there is a misfit. */
    public S state() {
        return state;
    }

    /** The version of the last event that was applied, or left out. */
    public long version() {
        return version;
    }
}
