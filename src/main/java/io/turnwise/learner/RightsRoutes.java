package io.turnwise.learner;

import akka.Done;
import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.Config;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.Principal;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.journal.Replay;
import io.turnwise.learner.LearnerAnswer.LearnerView;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Erased;
import io.turnwise.turn.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** What a learner may demand over HTTP: all that is kept of him, and that nothing is. */
final class RightsRoutes {

    private final Learners learners;
    private final Replay replay;
    private final Executor blocking;
    private final Semaphore exports;
    private final Duration exportWithin;
    private final int exportPiece;

    /**
     * Exports with bounds.
     *
     * @param blocking waits for the journal
     */
    RightsRoutes(Learners learners, Replay replay, Executor blocking, Config config) {
        Config learner = config.getConfig("turnwise.learner");
        this.learners = learners;
        this.replay = replay;
        this.blocking = blocking;
        this.exports = new Semaphore(learner.getInt("exports-max"));
        this.exportWithin = learner.getDuration("export-within");
        this.exportPiece = learner.getInt("export-piece");
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/amas/export", Access.MEMBER, this::export),
                Endpoint.post("/api/amas/erase", Access.MEMBER, this::erase));
    }

    private CompletionStage<HttpResponse> erase(Exchange exchange) {
        return learners.erase(exchange.principal(), exchange.caller())
                .thenApply(reply -> Responses.reply(exchange, reply, Erased.class, erased -> Responses.noContent()));
    }

    private CompletionStage<HttpResponse> export(Exchange exchange) {
        Principal learner = exchange.principal();
        return learners.ask(learner, Caller.of(learner.subject()), new LearnerRead.ReadLearner())
                .thenApply(reply -> Responses.reply(
                        exchange, reply, LearnerView.class, view -> export(exchange.principal(), reply, view)));
    }

    private HttpResponse export(Principal learner, Reply reply, LearnerView view) {
        if (!view.exists()) {
            throw new ProblemException(LearnerRejection.UNKNOWN_LEARNER);
        }
        if (exports.availablePermits() == 0) {
            throw new ProblemException(HttpRejection.BUSY);
        }
        LearnerExport.Asked asked =
                new LearnerExport.Asked(learner.subject(), learner.tenant(), reply.version(), view.atMillis());
        HttpResponse response = HttpResponse.create()
                .withEntity(HttpEntities.createChunked(
                        ContentTypes.APPLICATION_JSON,
                        Source.lazySource(() -> pieces(asked)).completionTimeout(exportWithin)));
        return Responses.withETag(response, reply.version());
    }

    /** Counted from when the first piece is asked for, because an answer that nobody takes is never sent. */
    private Source<ByteString, NotUsed> pieces(LearnerExport.Asked asked) {
        if (!exports.tryAcquire()) {
            throw new ProblemException(HttpRejection.BUSY);
        }
        String entityId = asked.tenant() + ":" + LearnerId.of(asked.subject());
        LearnerExport export = new LearnerExport(asked, replay.history(Learners.definition(), entityId), exportPiece);
        return Source.unfoldAsync(export, this::next).watchTermination((from, done) -> {
            CompletionStage<Done> unused = done.whenComplete((end, failure) -> exports.release());
            return NotUsed.getInstance();
        });
    }

    private CompletionStage<Optional<Pair<LearnerExport, ByteString>>> next(LearnerExport export) {
        return CompletableFuture.supplyAsync(export::next, blocking)
                .thenApply(piece -> piece.length == 0
                        ? Optional.empty()
                        : Optional.of(Pair.create(export, ByteString.fromArrayUnsafe(piece))));
    }
}
