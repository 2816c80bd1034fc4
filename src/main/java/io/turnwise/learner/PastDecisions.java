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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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
    private final InstantSource clock;
    private final Semaphore readings;
    private final Duration readingWithin;

    /** Whose past is being read: one who asks again and again takes no more than one of the readings. */
    private final Set<String> beingRead = ConcurrentHashMap.newKeySet();

    /**
     * Reads with bounds.
     *
     * @param blocking waits for the journal
     */
    PastDecisions(Replay replay, Executor blocking, InstantSource clock, Config config) {
        this.replay = replay;
        this.blocking = blocking;
        this.clock = clock;
        Config learner = config.getConfig("turnwise.learner");
        this.readings = new Semaphore(learner.getInt("readings-max"));
        this.readingWithin = learner.getDuration("reading-within");
    }

    /**
     * Tells all decisions in their order until the witness, who fills {@code found}, has heard enough; fails with {@link
     * LearnerRejection#PAST_TOO_LONG} where that takes too long.
     *
     * @param witness false to stop
     * @throws ProblemException where it cannot be read now: his past is being read, or that of others
     */
    <T> CompletionStage<T> tell(String tenant, String user, T found, Predicate<Past> witness) {
        String entityId = tenant + ":" + user;
        if (!beingRead.add(entityId)) {
            throw new ProblemException(LearnerRejection.PAST_BEING_READ);
        }
        if (!readings.tryAcquire()) {
            beingRead.remove(entityId);
            throw new ProblemException(HttpRejection.BUSY);
        }
        long endMillis = clock.millis() + readingWithin.toMillis();
        try {
            return CompletableFuture.supplyAsync(
                            () -> {
                                tellNow(entityId, witness, endMillis);
                                return found;
                            },
                            blocking)
                    .whenComplete((done, failure) -> end(entityId));
        } catch (RuntimeException rejected) {
            end(entityId);
            throw rejected;
        }
    }

    private void end(String entityId) {
        readings.release();
        beingRead.remove(entityId);
    }

    private void tellNow(String entityId, Predicate<Past> witness, long endMillis) {
        replay.history(Learners.definition(), entityId).tell((event, at, after) -> {
            if (clock.millis() >= endMillis) {
                throw ProblemException.retryAfter(LearnerRejection.PAST_TOO_LONG, readingWithin.toSeconds() + 1);
            }
            Past past = Past.of(event, at, after);
            return past == null || witness.test(past);
        });
    }
}
