package io.turnwise.learner;

import com.typesafe.config.Config;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;
import io.turnwise.journal.Replay;
import io.turnwise.learner.LearnerEvent.Answered;
import io.turnwise.learner.model.state.UserState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** What a learner was served and how he answered, told again from his journal. */
final class PastDecisions {

    /**
     * An answer and the decision that followed.
     *
     * @param version of the event
     * @param state what was believed after it
     */
    record Past(long version, Answered event, UserState state) {}

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
     * Tells all answers in their order until the witness, who fills {@code found}, has heard enough.
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
        replay.history(Learners.definition(), tenant + ":" + user)
                .tell((event, at, after) -> !(event instanceof Answered answered)
                        || witness.test(new Past(at.version(), answered, after.state())));
    }
}
