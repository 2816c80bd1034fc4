package io.turnwise.learner;

import io.turnwise.learner.LearnerEvent.Answered;
import io.turnwise.learner.LearnerEvent.Configured;
import io.turnwise.learner.LearnerEvent.LearnerReset;
import io.turnwise.learner.LearnerEvent.OutcomeExpired;
import io.turnwise.learner.LearnerEvent.RewardApplied;
import io.turnwise.learner.decision.Awaited;
import io.turnwise.learner.decision.Decisions;
import io.turnwise.learner.decision.Pending;
import io.turnwise.learner.decision.RewardIds;
import io.turnwise.learner.decision.Served;
import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.ChoiceContext;
import io.turnwise.learner.model.Credit;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.memory.Review;
import io.turnwise.learner.model.memory.Traits;
import io.turnwise.learner.model.memory.WordRecord;
import io.turnwise.learner.model.perception.Observation;
import io.turnwise.learner.model.state.Cognition;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.Strategy;
import io.turnwise.learner.word.Words;
import io.turnwise.turn.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one user: what is believed and learned of him, what he was served, his words.
 *
 * <p>Decisions, words and reward ids change in place and belong to one entity; {@link #copy} has its own.
 *
 * @param user the entity's id within its tenant; empty while nothing has happened
 * @param epoch 1 at first, one more with each reset, and after he was erased; the last one while nothing has happened
 * @param settings in force
 * @param served the decision in force; absent while nothing has happened
 * @param vectorRewards ids of rewards that named a vector and no decision
 */
record Learner(
        String user,
        int epoch,
        Profile profile,
        Settings settings,
        Mind mind,
        @Nullable Served served,
        Decisions decisions,
        Words words,
        RewardIds vectorRewards) {

    static final int WORDS_MAX = 20_000;
    static final int REWARD_IDS_MAX = 10_000;

    private static final double MILLIS_PER_DAY = 86_400_000;

    Learner {
        settings = Configuration.shared(settings);
    }

    /** @param lastEpoch of a learner of this id who was erased; 0 if there was none */
    static Learner unknown(int lastEpoch) {
        Settings settings = Settings.standard();
        return fresh("", lastEpoch, Profile.UNKNOWN, settings, null);
    }

    private static Learner fresh(String user, int epoch, Profile profile, Settings settings, @Nullable Served first) {
        Learner fresh = new Learner(
                user,
                epoch,
                profile,
                settings,
                Mind.fresh(settings),
                first,
                new Decisions(),
                new Words(),
                new RewardIds());
        if (first != null) {
            fresh.decisions.add(first);
        }
        return fresh;
    }

    boolean exists() {
        return served != null;
    }

    /** The decision in force; only where something has happened. */
    Served inForce() {
        if (served == null) {
            throw new IllegalStateException("Nothing has happened to this learner");
        }
        return served;
    }

    Served servedOrFirst(Stamp at) {
        return served == null ? beginning(user, epoch, profile.hour(at.atMillis()), settings) : served;
    }

    UserState state() {
        return mind.student().state();
    }

    /** How often LinUCB has learned something. */
    int updateCount() {
        return mind.models().linucb().updates();
    }

    Learner copy() {
        return new Learner(
                user, epoch, profile, settings, mind, served, decisions.copy(), words.copy(), vectorRewards.copy());
    }

    /** What a user begins with in an epoch. */
    static Served beginning(String user, int epoch, int hour, Settings settings) {
        ChoiceContext context = beginningContext(hour, settings);
        return Served.of(user, epoch, 0, Mind.fresh(settings).beginning(context, settings));
    }

    static ChoiceContext beginningContext(int hour, Settings settings) {
        double usualMillis = settings.perception().rtMillis().mean();
        return new ChoiceContext(Double.NaN, usualMillis, hour, Strategy.STANDARD);
    }

    Learner on(Configured event) {
        if (!exists()) {
            if (event.first() == null) {
                throw new IllegalStateException("A learner begins without a decision");
            }
            int epochNow = Served.epoch(event.first().id());
            return fresh(event.user(), epochNow, profile, event.settings(), event.first());
        }
        return new Learner(user, epoch, profile, event.settings(), mind, served, decisions, words, vectorRewards);
    }

    Learner on(Answered event) {
        require(event.epoch());
        if (event.next().sequence() != inForce().sequence() + 1) {
            throw new IllegalStateException("Decision " + event.next().sequence() + " after "
                    + inForce().sequence());
        }
        Mind next = learned(mind.after(event.seen(), settings), event);
        WordRecord word = reviewed(event.word(), event.seen(), next);
        words.put(event.word(), word);
        if (event.settled() != null) {
            decisions.remove(event.settled().sequence());
        }
        if (event.credited() != null) {
            decisions.reward(event.credited().sequence(), awaited(event.word(), event.seen(), word));
        }
        decisions.add(event.next());
        return with(next, event.next());
    }

    private Mind learned(Mind believed, Answered event) {
        return learned(believed, event.seen(), event.settled(), event.credited());
    }

    /** What of an answer that has been taken in is learned: first what came late, then what came at once. */
    Mind learned(
            Mind believed, Observation seen, Answered.@Nullable Settled settled, Answered.@Nullable Credited credited) {
        Mind next = believed;
        if (settled != null) {
            next = next.delayed(choice(settled.sequence()), settled.reward(), settings);
        }
        if (credited != null) {
            Credit credit = new Credit(choice(credited.sequence()), credited.reward(), seen.correct(), seen.rtMillis());
            next = next.rewarded(credit, settings);
        }
        return next;
    }

    private Choice choice(int sequence) {
        Pending pending = decisions.find(sequence);
        if (pending == null) {
            throw new IllegalStateException("Decision " + sequence + " is not pending");
        }
        return pending.served().choice();
    }

    private WordRecord reviewed(String word, Observation seen, Mind after) {
        WordRecord before = words.find(word);
        Cognition cognition = after.student().state().cognition();
        return (before == null ? WordRecord.unseen(settings.forgetting()) : before)
                .after(
                        new Review(seen.atMillis(), seen.correct(), (int) seen.rtMillis()),
                        new Traits(cognition.memory(), cognition.speed(), cognition.stability()),
                        inForce().choice().strategy().intervalScale(),
                        settings.forgetting());
    }

    private Awaited awaited(String word, Observation seen, WordRecord reviewed) {
        long expiryMillis = (long) (settings.delayed().expiryDays() * MILLIS_PER_DAY);
        return new Awaited(
                word, seen.atMillis(), reviewed.nextReviewMillis(), reviewed.nextReviewMillis() + expiryMillis);
    }

    Learner on(RewardApplied event) {
        require(event.epoch());
        if (event.sequence() != null) {
            Mind next = mind.delayed(choice(event.sequence()), event.reward(), settings);
            decisions.remember(event.sequence(), event.rewardId());
            return with(next, inForce());
        }
        if (event.x() == null) {
            throw new IllegalStateException("A reward of nothing: " + event.rewardId());
        }
        vectorRewards.add(event.rewardId());
        return with(mind.delayed(event.x(), event.reward(), settings), inForce());
    }

    Learner on(OutcomeExpired event) {
        require(event.epoch());
        decisions.remove(event.sequence());
        return this;
    }

    Learner on(LearnerReset event) {
        require(event.epoch() - 1);
        return fresh(user, event.epoch(), profile, settings, event.first());
    }

    Learner on(LearnerEvent.ProfileChanged event) {
        return new Learner(user, epoch, event.profile(), settings, mind, served, decisions, words, vectorRewards);
    }

    private Learner with(Mind next, Served inForce) {
        return new Learner(user, epoch, profile, settings, next, inForce, decisions, words, vectorRewards);
    }

    private void require(int ofEpoch) {
        if (ofEpoch != epoch) {
            throw new IllegalStateException("Epoch " + ofEpoch + " in epoch " + epoch);
        }
    }
}
