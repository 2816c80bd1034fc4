package io.turnwise.learner;

import com.typesafe.config.Config;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;
import io.turnwise.journal.Replay;
import io.turnwise.learner.LearnerEvent.Answered;
import io.turnwise.learner.decision.Served;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.turn.Event;
import io.turnwise.turn.Stamp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a learner was served and how he answered, told again from his journal. */
final class PastDecisions {

    /**
     * A decision and what was known when it was made.
     *
     * @param version of its event
     * @param atMillis epoch, of the answer after which it was made; of the beginning where there is none
     * @param answer after which it was made; absent where the learner began, at first or anew
     * @param mind all that was believed and learned then
     */
    record Past(
            long version,
            long atMillis,
            String user,
            int epoch,
            Served served,
            @Nullable Answered answer,
            Mind mind,
            Profile profile,
            Settings settings) {

        UserState state() {
            return mind.student().state();
        }

        /** Whether it is a decision of the same life between two resets. */
        boolean isOfEpochOf(Past other) {
            return epoch == other.epoch;
        }

        /**
         * What an event says of decisions; null if nothing.
         *
         * @param after what the learner is after it
         */
        static @Nullable Past of(Event<Learner> event, Stamp at, Learner after) {
            if (event instanceof Answered answered) {
                return of(at, answered.seen().atMillis(), answered, after);
            }
            boolean isBeginning = event instanceof LearnerEvent.LearnerReset
                    || (event instanceof LearnerEvent.Configured configured && configured.first() != null);
            return isBeginning ? of(at, at.atMillis(), null, after) : null;
        }

        private static Past of(Stamp at, long atMillis, @Nullable Answered answer, Learner after) {
            return new Past(
                    at.version(),
                    atMillis,
                    after.user(),
                    after.epoch(),
                    after.inForce(),
                    answer,
                    after.mind(),
                    after.profile(),
                    after.settings());
        }
    }

    private final Replay replay;
    private final Executor blocking;
    private final Semaphore readings;

    /**
     * Reads with a bound.
     *
     * @param blocking waits for the journal
     */
    PastDecisions(Replay replay, Executor blocking, Config config) {
        this.replay = replay;
        this.blocking = blocking;
        this.readings = new Semaphore(config.getInt("turnwise.learner.readings-max"));
    }

    /**
     * Tells all decisions in their order until the witness, who fills {@code found}, has heard enough.
     *
     * @param witness false to stop
     */
    <T> CompletionStage<T> tell(String tenant, String user, T found, Predicate<Past> witness) {
        if (!readings.tryAcquire()) {
            throw new ProblemException(HttpRejection.BUSY);
        }
        try {
            return CompletableFuture.supplyAsync(
                            () -> {
                                tellNow(tenant, user, witness);
                                return found;
                            },
                            blocking)
                    .whenComplete((done, failure) -> readings.release());
        } catch (RuntimeException rejected) {
            readings.release();
            throw rejected;
        }
    }

    private void tellNow(String tenant, String user, Predicate<Past> witness) {
        replay.history(Learners.definition(), tenant + ":" + user).tell((event, at, after) -> {
            Past past = Past.of(event, at, after);
            return past == null || witness.test(past);
        });
    }
}
