package io.turnwise.learner;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.Ids;
import io.turnwise.http.Principal;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.http.Role;
import io.turnwise.learner.LearnerAnswer.BatchProcessed;
import io.turnwise.learner.LearnerAnswer.DueWords;
import io.turnwise.learner.LearnerAnswer.LearnerView;
import io.turnwise.learner.LearnerAnswer.Pendings;
import io.turnwise.learner.LearnerAnswer.Processed;
import io.turnwise.learner.LearnerAnswer.Rewarded;
import io.turnwise.learner.LearnerAnswer.WordView;
import io.turnwise.learner.LearnerJson.BatchJson;
import io.turnwise.learner.LearnerJson.ProcessedJson;
import io.turnwise.learner.LearnerJson.Recorded;
import io.turnwise.learner.LearnerRequests.AnswerBody;
import io.turnwise.learner.LearnerRequests.BatchBody;
import io.turnwise.learner.LearnerRequests.RewardBody;
import io.turnwise.learner.decision.Awaited;
import io.turnwise.learner.decision.Pending;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Learning over HTTP; whom it is about is who calls. */
final class LearnerRoutes {

    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 100;
    private static final int DUE = 20;

    private final Learners learners;
    private final Ids ids;
    private final LearnerMeters meters;

    LearnerRoutes(Learners learners, Ids ids, LearnerMeters meters) {
        this.learners = learners;
        this.ids = ids;
        this.meters = meters;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/amas/process", Access.MEMBER, this::process),
                Endpoint.post("/api/amas/batch-process", Access.MEMBER, this::processBatch),
                Endpoint.post("/api/amas/reset", Access.MEMBER, this::reset),
                Endpoint.post("/api/amas/delayed-reward", Access.MEMBER, this::reward),
                Endpoint.get("/api/amas/delayed-rewards", Access.MEMBER, this::pendings),
                Endpoint.get("/api/amas/state", Access.MEMBER, this::state),
                Endpoint.get("/api/amas/strategy", Access.MEMBER, this::strategy),
                Endpoint.get("/api/amas/phase", Access.MEMBER, this::phase),
                Endpoint.get("/api/amas/words/due", Access.MEMBER, this::dueWords),
                Endpoint.get("/api/amas/words/{id}", Access.MEMBER, this::word));
    }

    private CompletionStage<HttpResponse> process(Exchange exchange) {
        return exchange.withBody(AnswerBody.class, body -> {
            Report report = body.report();
            Principal learner = exchange.principal();
            Caller caller = exchange.caller(body);
            String session = body.sessionId() == null
                    ? ids.of(learner.tenant(), learner.subject(), exchange.idempotencyKey())
                    : LearnerRequests.id("session_id", body.sessionId());
            boolean isNothing = report.isAnomalous();
            meters.anomalous(isNothing ? 1 : 0);
            LearnerCommand<Processed> command = isNothing
                    ? new LearnerRead.ReadFallback()
                    : new LearnerCommand.TakeAnswer(learners.origin(learner), report);
            // under its key, even an answer that nothing is learned from would be written down
            Caller asking = isNothing ? Caller.of(learner.subject()) : caller;
            return learners.askInTime(learner, asking, command)
                    .thenApply(inTime -> inTime(
                            exchange,
                            inTime,
                            isNothing,
                            Processed.class,
                            (processed, version) -> ProcessedJson.of(session, processed, version),
                            (reason, recorded) -> ProcessedJson.unasked(session, reason, recorded)));
        });
    }

    private CompletionStage<HttpResponse> processBatch(Exchange exchange) {
        return exchange.withBody(BatchBody.class, body -> {
            List<Report> reports = body.reports();
            Principal learner = exchange.principal();
            Caller caller = exchange.caller(body);
            long anomalous = reports.stream().filter(Report::isAnomalous).count();
            boolean isNothing = anomalous == reports.size();
            meters.anomalous(anomalous);
            return learners.askInTime(
                            learner,
                            isNothing ? Caller.of(learner.subject()) : caller,
                            new LearnerCommand.TakeAnswers(learners.origin(learner), reports))
                    .thenApply(inTime -> inTime(
                            exchange, inTime, isNothing, BatchProcessed.class, BatchJson::of, BatchJson::unasked));
        });
    }

    /** An answer as it looks, with the version after it. */
    @FunctionalInterface
    private interface Shown<A> {
        Object of(A answer, long version);
    }

    /** What is served where there is no answer. */
    @FunctionalInterface
    private interface Unasked {
        Object of(Degradation reason, Recorded recorded);
    }

    private <A> HttpResponse inTime(
            Exchange exchange,
            Learners.InTime inTime,
            boolean isNothing,
            Class<A> type,
            Shown<A> shown,
            Unasked unasked) {
        Reply reply = inTime.reply();
        if (reply != null) {
            if (isNothing && reply instanceof Reply.Accepted) {
                meters.degraded(Degradation.DEGRADED_STATE);
            }
            return Responses.versioned(exchange, reply, type, answer -> shown.of(answer, reply.version()));
        }
        if (inTime.retryAfterSeconds() == 0) {
            meters.degraded(Degradation.TIMEOUT);
            return Responses.ok(unasked.of(Degradation.TIMEOUT, isNothing ? Recorded.NO : Recorded.UNKNOWN));
        }
        meters.degraded(Degradation.CIRCUIT_OPEN);
        return Responses.ok(unasked.of(Degradation.CIRCUIT_OPEN, Recorded.NO))
                .addHeader(RawHeader.create("Retry-After", Long.toString(inTime.retryAfterSeconds())));
    }

    private CompletionStage<HttpResponse> reset(Exchange exchange) {
        return ask(
                exchange, exchange.caller(), new LearnerCommand.Reset(), LearnerView.class, LearnerJson.ResetJson::of);
    }

    private CompletionStage<HttpResponse> reward(Exchange exchange) {
        return exchange.withBody(RewardBody.class, body -> {
            Principal principal = exchange.principal();
            boolean mayReward = principal.role() == Role.SERVICE || principal.role() == Role.ADMIN;
            if (!mayReward && (body.featureVector() != null || body.userId() != null)) {
                throw new ProblemException(HttpRejection.FORBIDDEN);
            }
            String subject = body.userId() == null ? principal.subject() : LearnerRequests.id("user_id", body.userId());
            String id = Exchange.required("reward_id", body.rewardId());
            return learners.ask(principal.tenant(), LearnerId.of(subject), exchange.caller(body), body.command())
                    .thenApply(reply -> Responses.versioned(
                            exchange,
                            reply,
                            Rewarded.class,
                            rewarded -> new LearnerJson.RewardedJson(
                                    id,
                                    rewarded.applied(),
                                    rewarded.epoch(),
                                    rewarded.updateCount(),
                                    reply.version())));
        });
    }

    private CompletionStage<HttpResponse> pendings(Exchange exchange) {
        int after = exchange.query("after", -1, 0, Integer.MAX_VALUE);
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        return read(
                exchange,
                new LearnerRead.ReadPendings(after, limit),
                Pendings.class,
                (found, version) -> pendings(found));
    }

    private static LearnerJson.PendingsJson pendings(Pendings found) {
        List<LearnerJson.PendingJson> items =
                found.pendings().stream().map(LearnerRoutes::pending).toList();
        String next = found.more()
                ? Integer.toString(
                        found.pendings().get(items.size() - 1).served().sequence())
                : null;
        return new LearnerJson.PendingsJson(items, items.size(), next);
    }

    private static LearnerJson.PendingJson pending(Pending pending) {
        Awaited awaited = Objects.requireNonNull(pending.awaited());
        return new LearnerJson.PendingJson(
                pending.served().id(),
                awaited.word(),
                Instant.ofEpochMilli(awaited.answeredMillis()),
                Instant.ofEpochMilli(awaited.dueMillis()),
                Instant.ofEpochMilli(awaited.expiresMillis()),
                pending.rewardIds().size());
    }

    private CompletionStage<HttpResponse> state(Exchange exchange) {
        return view(exchange, (view, version) -> {
            if (!view.exists()) {
                throw new ProblemException(LearnerRejection.UNKNOWN_LEARNER);
            }
            return LearnerJson.LearnerStateJson.of(view, version);
        });
    }

    private CompletionStage<HttpResponse> strategy(Exchange exchange) {
        return view(exchange, (view, version) -> LearnerJson.ServedJson.of(view));
    }

    private CompletionStage<HttpResponse> phase(Exchange exchange) {
        return view(exchange, (view, version) -> LearnerJson.PhaseJson.of(view.phase()));
    }

    private CompletionStage<HttpResponse> dueWords(Exchange exchange) {
        int limit = exchange.query("limit", DUE, 1, LIMIT_MAX);
        return read(
                exchange,
                new LearnerRead.ReadDueWords(limit),
                DueWords.class,
                (due, version) -> new LearnerJson.DueJson(
                        due.words().stream().map(LearnerJson.WordJson::of).toList()));
    }

    private CompletionStage<HttpResponse> word(Exchange exchange) {
        return read(
                exchange,
                new LearnerRead.ReadWord(exchange.pathParameter("id")),
                WordView.class,
                (view, version) -> LearnerJson.WordJson.of(view));
    }

    private CompletionStage<HttpResponse> view(Exchange exchange, Shown<LearnerView> shown) {
        return read(exchange, new LearnerRead.ReadLearner(), LearnerView.class, shown);
    }

    private <A> CompletionStage<HttpResponse> read(
            Exchange exchange, LearnerRead<A> read, Class<A> type, Shown<A> shown) {
        return ask(exchange, Caller.of(exchange.principal().subject()), read, type, shown);
    }

    private <A> CompletionStage<HttpResponse> ask(
            Exchange exchange, Caller caller, LearnerCommand<A> command, Class<A> type, Shown<A> shown) {
        return learners.ask(exchange.principal(), caller, command)
                .thenApply(reply ->
                        Responses.versioned(exchange, reply, type, answer -> shown.of(answer, reply.version())));
    }
}
