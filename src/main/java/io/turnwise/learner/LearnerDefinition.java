package io.turnwise.learner;

import io.turnwise.learner.LearnerEvent.Answered;
import io.turnwise.learner.LearnerEvent.LearnerReset;
import io.turnwise.learner.LearnerEvent.OutcomeExpired;
import io.turnwise.learner.WatchAnswer.Restarted;
import io.turnwise.learner.WatchAnswer.Step;
import io.turnwise.learner.model.strategy.Strategy;
import io.turnwise.turn.Command;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Erasable;
import io.turnwise.turn.Event;
import io.turnwise.turn.Notice;
import io.turnwise.turn.Stamp;
import java.util.List;
import java.util.function.Function;

/** What makes a learner an entity, and what time alone brings about in it: that outcomes are waited for no longer. */
final class LearnerDefinition implements Definition<Learner>, Erasable<Learner> {

    private static final int EXPIRED_AT_ONCE = 500;

    @Override
    public String type() {
        return "learner";
    }

    @Override
    public Learner empty() {
        return Learner.unknown(0);
    }

    @Override
    public Learner image(Learner learner) {
        return learner.copy();
    }

    @Override
    public long wakeAtMillis(Learner learner) {
        return learner.decisions().nextExpiryMillis(NEVER);
    }

    @Override
    public List<OutcomeExpired> due(Learner learner, Stamp at) {
        return learner.decisions().expired(at.atMillis(), EXPIRED_AT_ONCE).stream()
                .map(sequence -> new OutcomeExpired(learner.epoch(), sequence))
                .toList();
    }

    @Override
    public Command<Learner, ?> feed() {
        return new LearnerRead.ReadLearner();
    }

    @Override
    public Function<Learner, List<Notice>> notices(Learner before, Event<Learner> event, Stamp at) {
        if (event instanceof Answered answered) {
            Strategy previous = before.inForce().choice().strategy();
            return after -> List.of(new Notice(at.version(), null, Step.of(answered, previous, after.state())));
        }
        return event instanceof LearnerReset reset
                ? after -> List.of(new Notice(at.version(), null, new Restarted(reset.epoch(), at.atMillis())))
                : after -> List.of();
    }

    @Override
    public Erasable<Learner> erasable() {
        return this;
    }

    /** The last epoch, so that what belongs to it is not taken for what belongs to a later one. */
    @Override
    public long remainder(Learner learner) {
        return learner.epoch();
    }

    @Override
    public Learner afterErasure(long lastEpoch) {
        return Learner.unknown((int) lastEpoch);
    }

    @Override
    public int elements(Learner learner) {
        return learner.words().size() + learner.decisions().size();
    }
}
