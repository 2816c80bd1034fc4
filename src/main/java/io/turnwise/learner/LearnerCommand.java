package io.turnwise.learner;

import io.turnwise.learner.LearnerAnswer.BatchProcessed;
import io.turnwise.learner.LearnerAnswer.LearnerView;
import io.turnwise.learner.LearnerAnswer.Processed;
import io.turnwise.learner.LearnerAnswer.Rewarded;
import io.turnwise.learner.LearnerEvent.Configured;
import io.turnwise.learner.LearnerEvent.LearnerReset;
import io.turnwise.learner.LearnerEvent.ProfileChanged;
import io.turnwise.learner.LearnerEvent.RewardApplied;
import io.turnwise.learner.decision.Served;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.strategy.Objectives;
import io.turnwise.learner.model.strategy.RewardProfile;
import io.turnwise.turn.Command;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a learner. */
sealed interface LearnerCommand<A> extends Command<Learner, A> permits LearnerCommand.Write, LearnerRead, LearnerWatch {

    /** What changes a learner. */
    sealed interface Write<A> extends LearnerCommand<A> {}

    /**
     * Who a learner is and what applies to him, where that is not known or another by now.
     *
     * @param user the entity's id within its tenant
     */
    record Origin(String user, Configuration configuration) {

        /** The event that has to come first; null if there is none. */
        @Nullable
        Configured due(Learner learner, Stamp at) {
            Settings wanted = configuration.settings();
            if (!learner.exists()) {
                int hour = learner.profile().hour(at.atMillis());
                return new Configured(user, wanted, Learner.beginning(user, learner.epoch() + 1, hour, wanted));
            }
            return learner.settings().equals(wanted) ? null : new Configured(learner.user(), wanted, null);
        }
    }

    /** An answer to learn from. */
    record TakeAnswer(Origin origin, Report report) implements Write<Processed> {
        @Override
        public Decision<Learner, Processed> decide(Learner learner, Stamp at) {
            LearnerRejection wrong = Answering.wrongWith(learner, report);
            if (wrong != null) {
                return Decision.refuse(wrong);
            }
            Configured configured = origin.due(learner, at);
            Learner ready = configured == null ? learner : configured.applyTo(learner, at);
            Answering.Taken taken = Answering.take(ready, report, at);
            if (taken.events().isEmpty()) {
                return Decision.answer(taken.answer());
            }
            List<LearnerEvent> events = new ArrayList<>();
            if (configured != null) {
                events.add(configured);
            }
            events.addAll(taken.events());
            return Decision.accept(events, (after, stamp) -> taken.answer());
        }
    }

    /** Answers to learn from, one after the other: all of them or, if one is refused, none. */
    record TakeAnswers(Origin origin, List<Report> reports) implements Write<BatchProcessed> {

        public TakeAnswers {
            reports = List.copyOf(reports);
        }

        @Override
        public Decision<Learner, BatchProcessed> decide(Learner learner, Stamp at) {
            List<LearnerEvent> events = new ArrayList<>();
            List<String> decisionIds = new ArrayList<>();
            Learner ahead = learner.copy();
            Configured configured = origin.due(learner, at);
            if (configured != null) {
                events.add(configured);
                ahead = configured.applyTo(ahead, at);
            }
            Processed last = Answering.fallback(ahead, at);
            for (Report report : reports) {
                LearnerRejection wrong = Answering.wrongWith(ahead, report);
                if (wrong != null) {
                    return Decision.refuse(wrong);
                }
                Answering.Taken taken = Answering.take(ahead, report, at);
                for (LearnerEvent event : taken.events()) {
                    events.add(event);
                    ahead = event.applyTo(ahead, at);
                }
                if (taken.answer().decisionId() != null) {
                    decisionIds.add(taken.answer().decisionId());
                    last = taken.answer();
                }
            }
            BatchProcessed answer = new BatchProcessed(decisionIds, reports.size() - decisionIds.size(), last);
            return decisionIds.isEmpty() ? Decision.answer(answer) : Decision.accept(events, (after, stamp) -> answer);
        }
    }

    /** A reward for a decision that is pending. */
    record RewardDecision(String rewardId, String decisionId, double reward) implements Write<Rewarded> {
        @Override
        public Decision<Learner, Rewarded> decide(Learner learner, Stamp at) {
            if (!learner.exists()) {
                return Decision.refuse(LearnerRejection.UNKNOWN_LEARNER);
            }
            int sequence = Served.sequence(learner.user(), decisionId);
            int epoch = Served.epoch(decisionId);
            if (sequence < 0 || epoch > learner.epoch()) {
                return Decision.refuse(LearnerRejection.UNKNOWN_DECISION);
            }
            if (epoch != learner.epoch()) {
                return Decision.refuse(LearnerRejection.OTHER_EPOCH);
            }
            if (sequence > learner.inForce().sequence()) {
                return Decision.refuse(LearnerRejection.UNKNOWN_DECISION);
            }
            var pending = learner.decisions().find(sequence);
            if (pending == null) {
                return Decision.refuse(LearnerRejection.REWARD_EXPIRED);
            }
            if (pending.rewardIds().contains(rewardId)) {
                return Decision.answer(Rewarded.of(false, learner));
            }
            if (learner.decisions().rewardIds() >= Learner.REWARD_IDS_MAX) {
                return Decision.refuse(LearnerRejection.TOO_MANY_REWARDS);
            }
            return Decision.accept(
                    new RewardApplied(learner.epoch(), rewardId, sequence, null, reward),
                    (after, stamp) -> Rewarded.of(true, after));
        }
    }

    /** A reward for what was served elsewhere. */
    record RewardVector(String rewardId, int epoch, FeatureVector x, double reward) implements Write<Rewarded> {
        @Override
        public Decision<Learner, Rewarded> decide(Learner learner, Stamp at) {
            if (!learner.exists()) {
                return Decision.refuse(LearnerRejection.UNKNOWN_LEARNER);
            }
            if (epoch != learner.epoch()) {
                return Decision.refuse(LearnerRejection.OTHER_EPOCH);
            }
            return learner.vectorRewards().has(rewardId)
                    ? Decision.answer(Rewarded.of(false, learner))
                    : Decision.accept(
                            new RewardApplied(epoch, rewardId, null, x, reward),
                            (after, stamp) -> Rewarded.of(true, after));
        }
    }

    /** Forgets all that was learned. */
    record Reset() implements Write<LearnerView> {
        @Override
        public Decision<Learner, LearnerView> decide(Learner learner, Stamp at) {
            if (!learner.exists()) {
                return Decision.refuse(LearnerRejection.UNKNOWN_LEARNER);
            }
            int epoch = learner.epoch() + 1;
            int hour = learner.profile().hour(at.atMillis());
            Served first = Learner.beginning(learner.user(), epoch, hour, learner.settings());
            return Decision.accept(new LearnerReset(epoch, first), LearnerView::of);
        }
    }

    /**
     * What a user says of himself; what is absent stays as it is.
     *
     * @param noObjectives whether he has none from now on
     */
    record ChangeProfile(
            Origin origin,
            @Nullable String timeZone,
            @Nullable RewardProfile reward,
            @Nullable Objectives objectives,
            boolean noObjectives)
            implements Write<LearnerView> {
        @Override
        public Decision<Learner, LearnerView> decide(Learner learner, Stamp at) {
            Profile before = learner.profile();
            Profile wanted = new Profile(
                    timeZone == null ? before.timeZone() : timeZone,
                    reward == null ? before.reward() : reward,
                    noObjectives ? null : objectives == null ? before.objectives() : objectives);
            List<LearnerEvent> events = new ArrayList<>();
            if (!wanted.equals(before)) {
                Configured configured = origin.due(learner, at);
                if (configured != null) {
                    events.add(configured);
                }
                events.add(new ProfileChanged(wanted));
            }
            return Decision.accept(events, LearnerView::of);
        }
    }
}
