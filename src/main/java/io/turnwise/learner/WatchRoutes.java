package io.turnwise.learner;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.Principal;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.http.Role;
import io.turnwise.http.feed.EventStreams;
import io.turnwise.http.feed.Feeds;
import io.turnwise.learner.LearnerAnswer.LearnerView;
import io.turnwise.learner.WatchAnswer.Forgetting;
import io.turnwise.learner.WatchAnswer.ModelView;
import io.turnwise.learner.WatchAnswer.WordList;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Over HTTP: how a learner learns, live; one's own, and for admins that of any subject in {@code user_id}. */
final class WatchRoutes {

    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 100;

    private final Learners learners;
    private final Feeds feeds;
    private final EventStreams streams;

    WatchRoutes(Learners learners, Feeds feeds, EventStreams streams) {
        this.learners = learners;
        this.feeds = feeds;
        this.streams = streams;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/amas/model", Access.MEMBER, this::model),
                Endpoint.get("/api/amas/words", Access.MEMBER, this::words),
                Endpoint.get("/api/amas/words/{id}/forgetting", Access.MEMBER, this::forgetting),
                Endpoint.stream("/api/amas/events", Access.MEMBER, this::events));
    }

    private CompletionStage<HttpResponse> model(Exchange exchange) {
        return ask(exchange, new LearnerWatch.ReadModel())
                .thenApply(reply -> Responses.versioned(
                        exchange, reply, ModelView.class, view -> WatchJson.ModelJson.of(view, reply.version())));
    }

    private CompletionStage<HttpResponse> words(Exchange exchange) {
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        return ask(exchange, new LearnerWatch.ReadWords(limit))
                .thenApply(reply -> Responses.versioned(exchange, reply, WordList.class, WatchJson.WordsJson::of));
    }

    private CompletionStage<HttpResponse> forgetting(Exchange exchange) {
        return ask(exchange, new LearnerWatch.ReadForgetting(exchange.pathParameter("id")))
                .thenApply(
                        reply -> Responses.versioned(exchange, reply, Forgetting.class, WatchJson.ForgettingJson::of));
    }

    private CompletionStage<HttpResponse> events(Exchange exchange) {
        String user = user(exchange);
        return ask(exchange, new LearnerRead.ReadLearner())
                .thenApply(reply -> Responses.reply(exchange, reply, LearnerView.class, view -> {
                    if (!view.exists()) {
                        throw new ProblemException(LearnerRejection.UNKNOWN_LEARNER);
                    }
                    return streams.events(exchange, feeds, exchange.tenant() + ":" + user);
                }));
    }

    private CompletableFuture<Reply> ask(Exchange exchange, LearnerCommand<?> read) {
        Principal principal = exchange.principal();
        return learners.ask(principal.tenant(), user(exchange), Caller.of(principal.subject()), read);
    }

    /** Whose learner it is about. */
    private static String user(Exchange exchange) {
        Principal principal = exchange.principal();
        String subject = exchange.query("user_id")
                .map(id -> LearnerRequests.id("user_id", id))
                .orElse(principal.subject());
        if (!subject.equals(principal.subject()) && principal.role() != Role.ADMIN) {
            throw new ProblemException(HttpRejection.FORBIDDEN);
        }
        return LearnerId.of(subject);
    }
}
