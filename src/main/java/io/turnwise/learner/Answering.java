package io.turnwise.learner;

import io.turnwise.learner.LearnerAnswer.Processed;
import io.turnwise.learner.LearnerAnswer.Uncredited;
import io.turnwise.learner.LearnerAnswer.Worth;
import io.turnwise.learner.LearnerEvent.Answered;
import io.turnwise.learner.LearnerEvent.OutcomeExpired;
import io.turnwise.learner.decision.Pending;
import io.turnwise.learner.decision.Served;
import io.turnwise.learner.model.Aims;
import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.ChoiceContext;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.memory.WordRecord;
import io.turnwise.learner.model.perception.Observation;
import io.turnwise.learner.model.strategy.Strategy;
import io.turnwise.turn.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one answer is decided: what is learned of it, and what is served next. */
final class Answering {

    /** What an answer brings about; no events where nothing is to be learned from it. */
    record Taken(List<LearnerEvent> events, Processed answer) {}

    private final Learner learner;
    private final Report report;

    private Answering(Learner learner, Report report) {
        this.learner = learner;
        this.report = report;
    }

    /** Why an answer cannot be taken at all; null if it can. */
    static @Nullable LearnerRejection wrongWith(Learner learner, Report report) {
        boolean isNew = learner.words().find(report.word()) == null;
        return isNew && learner.words().size() >= Learner.WORDS_MAX ? LearnerRejection.TOO_MANY_WORDS : null;
    }

    /**
     * Decides an answer, and changes nothing.
     *
     * @param learner to whom something has happened
     */
    static Taken take(Learner learner, Report report, Stamp at) {
        Answering answering = new Answering(learner, report);
        return report.raw(at, learner.profile()).read() instanceof Observation seen
                ? answering.take(seen)
                : new Taken(List.of(), fallback(learner, at));
    }

    /** What is served without having learned anything. */
    static Processed fallback(Learner learner, Stamp at) {
        Settings settings = learner.settings();
        Strategy strategy = learner.mind()
                .fallback(learner.profile().hour(at.atMillis()), settings)
                .strategy();
        return new Processed(
                null,
                null,
                null,
                learner.mind().coldStart().phase(),
                0,
                strategy,
                learner.servedOrFirst(at).choice().strategy(),
                learner.state(),
                settings.guardrails().advice(learner.state()),
                learner.updateCount());
    }

    private Taken take(Observation seen) {
        Settings settings = learner.settings();
        Mind believed = learner.mind().after(seen, settings);
        double reward = believed.reward(seen, learner.profile().reward(), settings);
        Answered.Settled settled = settled(seen);
        Object creditable = creditable();
        Answered.Credited credited =
                creditable instanceof Served served ? new Answered.Credited(served.sequence(), reward) : null;
        Mind learned = learner.learned(believed, seen, settled, credited);
        Served next = next(learned, seen);
        List<LearnerEvent> events = new ArrayList<>();
        events.add(new Answered(learner.epoch(), report.word(), seen, credited, settled, next));
        addOverflow(settled, events);
        Worth worth = creditable instanceof Served served
                ? new Worth(reward, served.id(), null)
                : new Worth(reward, null, (Uncredited) creditable);
        return new Taken(events, processed(worth, learned, next));
    }

    private Processed processed(Worth worth, Mind learned, Served next) {
        Choice choice = next.choice();
        return new Processed(
                worth,
                next.id(),
                choice.source(),
                choice.phase(),
                choice.confidence(),
                choice.strategy(),
                learner.inForce().choice().strategy(),
                learned.student().state(),
                learner.settings().guardrails().advice(learned.student().state()),
                learned.models().linucb().updates());
    }

    /** Its draws depend on its sequence alone, so that they are the same whenever it is decided. */
    private Served next(Mind learned, Observation seen) {
        int sequence = learner.inForce().sequence() + 1;
        Choice choice = learned.choose(
                new ChoiceContext(
                        recall(seen),
                        seen.rtMillis(),
                        seen.hour(),
                        learner.inForce().choice().strategy(),
                        aims(learned)),
                Served.draws(learner.user(), learner.epoch(), sequence),
                learner.settings());
        return Served.of(learner.user(), learner.epoch(), sequence, choice);
    }

    /** As it was predicted when the word was shown; nothing is predicted of a word met for the first time. */
    private double recall(Observation seen) {
        WordRecord word = learner.words().find(report.word());
        return word == null
                ? Double.NaN
                : word.recall(
                        seen.atMillis() - (long) seen.rtMillis(),
                        learner.settings().actr());
    }

    private @Nullable Aims aims(Mind learned) {
        return SessionOutcomes.aims(learner.profile(), learned.student());
    }

    /** The earlier decision whose later outcome this is, unless the word was answered only just before. */
    private Answered.@Nullable Settled settled(Observation seen) {
        Pending pending = learner.decisions().awaiting(report.word());
        WordRecord word = learner.words().find(report.word());
        if (pending == null
                || word == null
                || seen.atMillis() - word.lastMillis()
                        < learner.settings().delayed().minGapMillis()) {
            return null;
        }
        return new Answered.Settled(pending.served().sequence(), seen.correct() ? 1 : -1);
    }

    /** The {@link Served} whose immediate outcome this is, or the {@link Uncredited} reason why it is nobody's. */
    private Object creditable() {
        String id = report.decisionId();
        if (id == null) {
            return learner.inForce();
        }
        int sequence = Served.sequence(learner.user(), id);
        if (sequence < 0) {
            return Uncredited.UNKNOWN_DECISION;
        }
        if (Served.epoch(id) != learner.epoch()) {
            return Served.epoch(id) < learner.epoch() ? Uncredited.OTHER_EPOCH : Uncredited.UNKNOWN_DECISION;
        }
        if (sequence > learner.inForce().sequence()) {
            return Uncredited.UNKNOWN_DECISION;
        }
        Pending pending = learner.decisions().find(sequence);
        if (pending == null) {
            return Uncredited.NO_LONGER_PENDING;
        }
        return pending.rewarded() ? Uncredited.ALREADY_REWARDED : pending.served();
    }

    private void addOverflow(Answered.@Nullable Settled settled, List<LearnerEvent> events) {
        int after = learner.decisions().size() + 1 - (settled == null ? 0 : 1);
        Pending oldest = learner.decisions().oldestBut(settled == null ? -1 : settled.sequence());
        if (after > learner.settings().delayed().pendingMax() && oldest != null) {
            events.add(new OutcomeExpired(learner.epoch(), oldest.served().sequence()));
        }
    }
}
