package io.turnwise.learner;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.turnwise.learner.decision.Awaited;
import io.turnwise.learner.decision.Pending;
import io.turnwise.learner.decision.Served;
import io.turnwise.learner.model.Source;
import io.turnwise.learner.model.bandit.Phase;
import io.turnwise.learner.model.memory.Mastery;
import io.turnwise.learner.model.state.Chronotype;
import io.turnwise.learner.model.state.Flow;
import io.turnwise.learner.model.state.TrendReading;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.BreakAdvice;
import io.turnwise.learner.model.strategy.Strategy;
import io.turnwise.turn.Stamp;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a learner's entity answers. */
sealed interface LearnerAnswer {

    /** Why nothing was learned of an answer's decision. */
    enum Uncredited {
        @JsonProperty("already_rewarded")
        ALREADY_REWARDED,
        @JsonProperty("no_longer_pending")
        NO_LONGER_PENDING,
        @JsonProperty("unknown_decision")
        UNKNOWN_DECISION,
        @JsonProperty("other_epoch")
        OTHER_EPOCH
    }

    /**
     * What an answer was worth, and for which decision.
     *
     * @param decisionId absent if it is not credited, and {@code reason} if it is
     */
    record Worth(
            double reward,
            @Nullable String decisionId,
            @Nullable Uncredited reason) {}

    /**
     * What to serve next.
     *
     * @param worth of the answer; absent where it was not learned from, and so for what is no decision
     * @param previous what was served before
     */
    record Processed(
            @Nullable Worth worth,
            @Nullable String decisionId,
            @Nullable Source source,
            Phase phase,
            double confidence,
            Strategy strategy,
            Strategy previous,
            UserState state,
            BreakAdvice advice,
            int updateCount)
            implements LearnerAnswer {}

    /**
     * What became of many answers.
     *
     * @param decisionIds one of each that was learned from, in their order
     * @param skipped how many were not
     * @param last what to serve next
     */
    record BatchProcessed(List<String> decisionIds, int skipped, Processed last) implements LearnerAnswer {}

    /**
     * What became of a reward.
     *
     * @param applied false if it had been before
     */
    record Rewarded(boolean applied, int epoch, int updateCount) implements LearnerAnswer {
        static Rewarded of(boolean applied, Learner learner) {
            return new Rewarded(applied, learner.epoch(), learner.updateCount());
        }
    }

    /**
     * A learner as he is.
     *
     * @param served in force; what would be served first where nothing has happened
     * @param exists whether something has happened
     */
    record LearnerView(
            boolean exists,
            int epoch,
            Profile profile,
            UserState state,
            Phase phase,
            Served served,
            int answers,
            int updateCount,
            int words,
            int pendings,
            long atMillis)
            implements LearnerAnswer {
        static LearnerView of(Learner learner, Stamp at) {
            return new LearnerView(
                    learner.exists(),
                    learner.epoch(),
                    learner.profile(),
                    learner.state(),
                    learner.mind().coldStart().phase(),
                    learner.servedOrFirst(at),
                    learner.mind().student().answers(),
                    learner.updateCount(),
                    learner.words().size(),
                    learner.decisions().size(),
                    at.atMillis());
        }
    }

    /**
     * A word as it is known.
     *
     * @param recall how likely it is remembered now, 0 to 1
     * @param lastMillis and {@code nextReviewMillis}: epochs
     */
    record WordView(
            String word,
            Mastery mastery,
            double recall,
            int reviewCount,
            double stabilityDays,
            long firstMillis,
            long lastMillis,
            long nextReviewMillis)
            implements LearnerAnswer {}

    /** Words that are due, the longest due first. */
    record DueWords(List<WordView> words) implements LearnerAnswer {}

    /**
     * How a learner comes on.
     *
     * @param preferredHours 0 to 23 where he is, the most preferred first
     * @param usualMinutes of a session, {@code usualAnswers} in one
     */
    record Insight(
            TrendReading trend,
            Flow flow,
            Chronotype.Finding chronotype,
            List<Integer> preferredHours,
            double usualMinutes,
            double usualAnswers)
            implements LearnerAnswer {}

    /**
     * A decision of which a later outcome is waited for.
     *
     * @param word whose next answer is the outcome; absent if a newer decision waits for that
     * @param answeredMillis and the other two: epochs
     * @param rewards how many it was given from outside
     */
    record Waiting(
            String decisionId,
            int sequence,
            @Nullable String word,
            long answeredMillis,
            long dueMillis,
            long expiresMillis,
            int rewards) {
        static Waiting of(Pending pending) {
            Awaited awaited = Objects.requireNonNull(pending.awaited());
            return new Waiting(
                    pending.served().id(),
                    pending.served().sequence(),
                    awaited.word(),
                    awaited.answeredMillis(),
                    awaited.dueMillis(),
                    awaited.expiresMillis(),
                    pending.rewardIds().size());
        }
    }

    /** Decisions of which a later outcome is waited for, the oldest first; at most a hundred, for one message between nodes. */
    record Pendings(List<Waiting> pendings, boolean more) implements LearnerAnswer {}
}
