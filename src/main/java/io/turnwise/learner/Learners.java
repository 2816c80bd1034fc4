package io.turnwise.learner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.pattern.CircuitBreaker;
import akka.pattern.CircuitBreakerOpenException;
import com.typesafe.config.Config;
import io.turnwise.http.Principal;
import io.turnwise.learner.LearnerCommand.Origin;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Mailboxes;
import io.turnwise.turn.Message;
import io.turnwise.turn.News;
import io.turnwise.turn.Rejection;
import io.turnwise.turn.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The door to all learners; each is the learner of one token's subject. */
public final class Learners {

    /**
     * What became of an answer in the time that there is for one.
     *
     * @param reply absent where there was none in time
     * @param retryAfterSeconds above 0 where the journal is away and nothing was sent
     */
    record InTime(@Nullable Reply reply, long retryAfterSeconds) {
        private static final InTime LATE = new InTime(null, 0);
    }

    private final Mailboxes<Learner> mailboxes;
    private final LearnerMeters meters;
    private final Configuration configuration;
    private final Duration timeBudget;
    private final CircuitBreaker breaker;

    /**
     * Learners behind their mailboxes.
     *
     * @param mailboxes of {@link #definition}
     * @param meters count what is asked through this door
     */
    Learners(Mailboxes<Learner> mailboxes, ActorSystem<?> system, LearnerMeters meters) {
        this.mailboxes = mailboxes;
        this.meters = meters;
        Config config = system.settings().config().getConfig("turnwise.learner");
        this.configuration =
                Configuration.valueOf(config.getString("configuration").toUpperCase(Locale.ROOT));
        this.timeBudget = config.getDuration("time-budget");
        this.breaker = CircuitBreaker.create(
                Adapter.toClassic(system).scheduler(),
                config.getInt("circuit-breaker.failures"),
                config.getDuration("circuit-breaker.call-timeout"),
                config.getDuration("circuit-breaker.open"));
    }

    public static Definition<Learner> definition() {
        return new LearnerDefinition();
    }

    /** Whom the token speaks for. */
    Origin origin(Principal principal) {
        return new Origin(LearnerId.of(principal.subject()), configuration);
    }

    /** Gets a {@link Reply.Accepted} with the command's answer, or a refusal; never fails. */
    CompletableFuture<Reply> ask(Principal learner, Caller caller, LearnerCommand<?> command) {
        return ask(learner.tenant(), LearnerId.of(learner.subject()), caller, command);
    }

    /** The same of the learner of another subject. */
    CompletableFuture<Reply> ask(String tenant, String user, Caller caller, LearnerCommand<?> command) {
        return mailboxes.ask(tenant, user, caller, command).thenApply(reply -> {
            meters.replied(command, reply);
            return reply;
        });
    }

    /** Keeps nothing of him but that he was there; completes when nothing is kept, or with a refusal. */
    CompletableFuture<Reply> erase(Principal learner, Caller caller) {
        return mailboxes.erase(learner.tenant(), LearnerId.of(learner.subject()), caller);
    }

    /**
     * The same for who cannot wait: a learner must be served something. What is sent goes on when the time is over; while
     * the journal is known to be away, nothing is sent.
     */
    CompletableFuture<InTime> askInTime(Principal learner, Caller caller, LearnerCommand<?> command) {
        return breaker.callWithCircuitBreakerCS(
                        () -> ask(learner, caller, command),
                        (reply, failure) -> failure.isPresent()
                                || reply.map(Learners::isOutage).orElse(false))
                .toCompletableFuture()
                .thenApply(reply -> new InTime(reply, 0))
                .exceptionally(Learners::unanswered)
                .completeOnTimeout(InTime.LATE, timeBudget.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends the news of {@code <tenant>:<id>} to {@code watcher} for one lease, its state at once if {@code anew}. */
    void watch(String entityId, ActorRef<News> watcher, boolean anew) {
        mailboxes.watch(entityId, watcher, anew);
    }

    void missed(String entityId, Message.Missed missed) {
        mailboxes.missed(entityId, missed);
    }

    private static InTime unanswered(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof CircuitBreakerOpenException open
                ? new InTime(null, Math.max(1, open.remainingDuration().toSeconds() + 1))
                : InTime.LATE;
    }

    /** A mailbox that is full is no fault of the journal's. */
    private static boolean isOutage(Reply reply) {
        return reply instanceof Reply.Refused refused
                && refused.kind() == Rejection.Kind.UNAVAILABLE
                && refused.code().equals("unavailable");
    }
}
