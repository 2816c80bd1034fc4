package io.turnwise.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the notices of events while they are applied; a fault in a notice costs the notice, never the turn. */
public final class Noticing<S> {

    private static final Logger log = LoggerFactory.getLogger(Noticing.class);

    private final Definition<S> definition;
    private final List<Notice> collected = new ArrayList<>();

    public Noticing(Definition<S> definition) {
        this.definition = definition;
    }

    /** Applies the event and keeps what is to be said of it. */
    S apply(Event<S> event, S before, Stamp at) {
        Function<S, List<Notice>> notices = before(event, before, at);
        S after = event.applyTo(before, at);
        try {
            collected.addAll(notices.apply(after));
        } catch (RuntimeException fault) {
            report(event, at, fault);
        }
        return after;
    }

    private Function<S, List<Notice>> before(Event<S> event, S before, Stamp at) {
        try {
            return definition.notices(before, event, at);
        } catch (RuntimeException fault) {
            report(event, at, fault);
            return after -> List.of();
        }
    }

    private void report(Event<S> event, Stamp at, RuntimeException fault) {
        log.error("{} at version {} gives no notice", event.getClass().getName(), at.version(), fault);
    }

    /** What has been collected since the last call, in order. */
    public List<Notice> take() {
        List<Notice> taken = List.copyOf(collected);
        collected.clear();
        return taken;
    }
}
