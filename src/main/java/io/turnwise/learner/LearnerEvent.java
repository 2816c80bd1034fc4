package io.turnwise.learner;

import io.turnwise.learner.decision.Served;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.perception.Observation;
import io.turnwise.turn.Event;
import io.turnwise.turn.Stamp;
import org.jspecify.annotations.Nullable;

/** What happened to a learner. Nothing is drawn and no clock is read when it is folded. */
sealed interface LearnerEvent extends Event<Learner> {

    /**
     * Other constants apply from now on; the first event of every learner.
     *
     * @param first what the learner begins with; only in the first event
     */
    record Configured(
            String user, Settings settings, @Nullable Served first) implements LearnerEvent {
        @Override
        public Learner applyTo(Learner before, Stamp at) {
            return before.on(this);
        }
    }

    /**
     * A word was answered, and the next decision made.
     *
     * @param seen held to its bounds; has the event's time and the hour where the user is
     * @param credited the decision whose immediate outcome this is; absent if it is nobody's
     * @param settled the decision whose later outcome this is; absent if it is nobody's
     */
    record Answered(
            int epoch,
            String word,
            Observation seen,
            @Nullable Credited credited,
            @Nullable Settled settled,
            Served next)
            implements LearnerEvent {

        /** What came of a decision at once, from -1 to 1. */
        record Credited(int sequence, double reward) {}

        /** What came of a decision later: 1 recalled, -1 not. */
        record Settled(int sequence, double reward) {}

        @Override
        public Learner applyTo(Learner before, Stamp at) {
            return before.on(this, at);
        }
    }

    /**
     * A reward came from outside.
     *
     * @param sequence of the decision that it is for; absent where {@code x} is given
     * @param x what was served, where no decision is named
     * @param reward from -1 to 1
     */
    record RewardApplied(
            int epoch,
            String rewardId,
            @Nullable Integer sequence,
            @Nullable FeatureVector x,
            double reward) implements LearnerEvent {
        @Override
        public Learner applyTo(Learner before, Stamp at) {
            return before.on(this);
        }
    }

    /** A decision is waited for no longer. */
    record OutcomeExpired(int epoch, int sequence) implements LearnerEvent {
        @Override
        public Learner applyTo(Learner before, Stamp at) {
            return before.on(this);
        }
    }

    /**
     * All that was learned is forgotten, words and pending outcomes with it; the profile stays.
     *
     * @param epoch the new one
     */
    record LearnerReset(int epoch, Served first) implements LearnerEvent {
        @Override
        public Learner applyTo(Learner before, Stamp at) {
            return before.on(this);
        }
    }

    /** The user says something else of himself. */
    record ProfileChanged(Profile profile) implements LearnerEvent {
        @Override
        public Learner applyTo(Learner before, Stamp at) {
            return before.on(this);
        }
    }
}
