package io.turnwise.learner;

import io.turnwise.learner.LearnerAnswer.WordView;
import io.turnwise.learner.LearnerEvent.Answered;
import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.Source;
import io.turnwise.learner.model.bandit.Bucket;
import io.turnwise.learner.model.bandit.Phase;
import io.turnwise.learner.model.bandit.Posterior;
import io.turnwise.learner.model.bandit.UserType;
import io.turnwise.learner.model.bandit.Vote;
import io.turnwise.learner.model.memory.ForgettingCurve;
import io.turnwise.learner.model.memory.Review;
import io.turnwise.learner.model.numeric.Doubles;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.Guardrail;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a learner's entity tells those who look at how he learns. */
sealed interface WatchAnswer {

    /**
     * What has been learned of what suits a user, and how sure that is.
     *
     * @param exists whether something has happened
     * @param type what kind of learner he is taken for; absent until it is settled
     * @param bucket in which Thompson sampling sees him now
     * @param weights of LinUCB, one for each feature of a vector
     * @param widths how unsure each of these is: the root of its place on the diagonal of the inverse of A
     * @param actions what Thompson sampling knows of each action in that bucket, from action 1 on
     * @param averageReward all that the heuristic learns
     * @param trust in each member, in the order of {@link io.turnwise.learner.model.bandit.Member}, summing to 1
     */
    record ModelView(
            boolean exists,
            int epoch,
            Phase phase,
            @Nullable UserType type,
            int answers,
            int words,
            int updateCount,
            UserState state,
            Strategy strategy,
            Bucket bucket,
            Doubles weights,
            Doubles widths,
            List<Posterior> actions,
            double averageReward,
            Doubles trust,
            int trustUpdates)
            implements WatchAnswer {

        public ModelView {
            actions = List.copyOf(actions);
        }
    }

    /**
     * Words in the order in which they are to be reviewed.
     *
     * @param count how many are known in all, {@code due} of them due
     */
    record WordList(int count, int due, List<WordView> words) implements WatchAnswer {
        public WordList {
            words = List.copyOf(words);
        }
    }

    /**
     * How a word is forgotten.
     *
     * @param reviews the last ones, the oldest first
     * @param atMillis epoch, now
     * @param curve from the first of the reviews until some time after the next
     */
    record Forgetting(WordView word, List<Review> reviews, long atMillis, List<ForgettingCurve.Point> curve)
            implements WatchAnswer {

        public Forgetting {
            reviews = List.copyOf(reviews);
            curve = List.copyOf(curve);
        }
    }

    /**
     * An answer and the decision that followed; a notice, of which many go in one message between nodes.
     *
     * @param reward of the answer; absent where no decision was credited
     * @param later reward of an earlier decision for the same word; absent where none waited for it
     * @param previous what was served before
     * @param state what was believed after the answer
     */
    record Step(
            String id,
            long atMillis,
            String word,
            boolean correct,
            double rtMillis,
            @Nullable Double reward,
            @Nullable Double later,
            Phase phase,
            Source source,
            List<Vote> members,
            int action,
            Strategy strategy,
            Strategy previous,
            List<Guardrail> guardrails,
            Bucket bucket,
            double confidence,
            UserState state)
            implements WatchAnswer {

        public Step {
            members = List.copyOf(members);
            guardrails = List.copyOf(guardrails);
        }

        static Step of(Answered event, Strategy previous, UserState after) {
            Choice choice = event.next().choice();
            return new Step(
                    event.next().id(),
                    event.seen().atMillis(),
                    event.word(),
                    event.seen().correct(),
                    event.seen().rtMillis(),
                    event.credited() == null ? null : (Double) event.credited().reward(),
                    event.settled() == null ? null : (Double) event.settled().reward(),
                    choice.phase(),
                    choice.source(),
                    choice.members(),
                    choice.action(),
                    choice.strategy(),
                    previous,
                    choice.guardrails(),
                    choice.bucket(),
                    choice.confidence(),
                    after);
        }
    }

    /** All that was learned is forgotten; a notice. */
    record Restarted(int epoch, long atMillis) implements WatchAnswer {}
}
