package io.turnwise.learner;

import io.turnwise.learner.LearnerEvent.OutcomeExpired;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Erasable;
import io.turnwise.turn.Stamp;
import java.util.List;

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
