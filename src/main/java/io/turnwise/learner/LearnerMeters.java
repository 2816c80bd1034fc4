package io.turnwise.learner;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.turnwise.turn.Rejection;
import io.turnwise.turn.Reply;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a node counts of all learners that it is asked about. */
final class LearnerMeters implements MeterBinder {

    private enum Outcome {
        /** Done. */
        ACCEPTED,
        /** Done before, under the same key. */
        REPLAYED,
        /** Refused by a rule. */
        REFUSED,
        /** Not done, or nobody knows. */
        UNAVAILABLE
    }

    private final LongAdder anomalous = new LongAdder();
    private final Map<Degradation, LongAdder> degraded = counters(Degradation.class);
    private final Map<Class<?>, Map<Outcome, LongAdder>> commands = new HashMap<>();

    LearnerMeters() {
        LearnerNames.ALL.values().stream()
                .filter(LearnerCommand.Write.class::isAssignableFrom)
                .forEach(type -> commands.put(type, counters(Outcome.class)));
    }

    private static <E extends Enum<E>> Map<E, LongAdder> counters(Class<E> type) {
        Map<E, LongAdder> counters = new EnumMap<>(type);
        for (E each : type.getEnumConstants()) {
            counters.put(each, new LongAdder());
        }
        return counters;
    }

    /** Answers came that nothing can be learned from. */
    void anomalous(long answers) {
        anomalous.add(answers);
    }

    void degraded(Degradation reason) {
        increment(degraded, reason);
    }

    /** Reads are not counted. */
    void replied(LearnerCommand<?> command, Reply reply) {
        Map<Outcome, LongAdder> outcomes = commands.get(command.getClass());
        if (outcomes != null) {
            increment(outcomes, outcome(reply));
        }
    }

    private static <E extends Enum<E>> void increment(Map<E, LongAdder> counters, E which) {
        LongAdder counter = counters.get(which);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Outcome outcome(Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            return refused.kind() == Rejection.Kind.UNAVAILABLE ? Outcome.UNAVAILABLE : Outcome.REFUSED;
        }
        return reply instanceof Reply.Accepted accepted && accepted.replayed() ? Outcome.REPLAYED : Outcome.ACCEPTED;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("learner.anomalous.events", anomalous, LongAdder::sum)
                .description("Answers that nobody gives, which nothing was learned from")
                .register(registry);
        degraded.forEach(
                (reason, counter) -> FunctionCounter.builder("learner.degraded.answers", counter, LongAdder::sum)
                        .description("Answers that were met by a fallback, by why")
                        .tag("reason", LearnerJson.wire(reason))
                        .register(registry));
        commands.forEach((type, outcomes) -> outcomes.forEach(
                (outcome, counter) -> FunctionCounter.builder("learner.commands", counter, LongAdder::sum)
                        .description("What was to be written of learners, by what became of it")
                        .tag("command", LearnerNames.plain(type))
                        .tag("outcome", LearnerJson.wire(outcome))
                        .register(registry)));
    }
}
