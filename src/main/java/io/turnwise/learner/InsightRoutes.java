package io.turnwise.learner;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.learner.InsightJson.CurveJson;
import io.turnwise.learner.InsightJson.ExplainedJson;
import io.turnwise.learner.InsightJson.TimelineJson;
import io.turnwise.learner.LearnerAnswer.Insight;
import io.turnwise.turn.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** Over HTTP: how a learner comes on, and why he was served what. */
final class InsightRoutes {

    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 100;
    private static final int DAYS = 30;
    private static final int DAYS_MIN = 7;
    private static final int DAYS_MAX = 90;
    private static final int GROWTH_DAYS = 30;

    private final Learners learners;
    private final PastDecisions past;

    InsightRoutes(Learners learners, PastDecisions past) {
        this.learners = learners;
        this.past = past;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/amas/trend", Access.MEMBER, insight(InsightJson.TrendJson::of)),
                Endpoint.get("/api/amas/habit-profile", Access.MEMBER, insight(InsightJson.HabitJson::of)),
                Endpoint.get("/api/amas/explain-decision", Access.MEMBER, this::explain),
                Endpoint.get("/api/amas/decision-timeline", Access.MEMBER, this::timeline),
                Endpoint.get("/api/amas/learning-curve", Access.MEMBER, this::curve),
                Endpoint.get("/api/amas/growth", Access.MEMBER, this::growth),
                Endpoint.post("/api/amas/counterfactual", Access.MEMBER, this::suppose));
    }

    private Endpoint.Handler insight(Function<Insight, Object> shown) {
        return exchange -> learners.ask(
                        exchange.principal(), Caller.of(exchange.principal().subject()), new LearnerRead.ReadInsight())
                .thenApply(reply -> Responses.versioned(exchange, reply, Insight.class, shown));
    }

    private CompletionStage<HttpResponse> explain(Exchange exchange) {
        String given = exchange.query("decision_id")
                .or(() -> exchange.query("decisionId"))
                .orElse(null);
        String id = LearnerRequests.id("decision_id", Exchange.required("decision_id", given));
        ExplainedJson.Found found = new ExplainedJson.Found(id);
        return tell(exchange, found, found::hears)
                .thenApply(heard -> Responses.ok(
                        heard.explained().orElseThrow(() -> new ProblemException(LearnerRejection.UNKNOWN_DECISION))));
    }

    private CompletionStage<HttpResponse> timeline(Exchange exchange) {
        int after = exchange.query("after", 0, 0, Integer.MAX_VALUE);
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        List<PastDecisions.Past> found = new ArrayList<>();
        return tell(exchange, found, each -> {
                    if (each.answer() != null && each.version() > after) {
                        found.add(each);
                    }
                    return found.size() <= limit;
                })
                .thenApply(page -> Responses.ok(TimelineJson.of(page, limit)));
    }

    private CompletionStage<HttpResponse> curve(Exchange exchange) {
        int days = exchange.query("days", DAYS, DAYS_MIN, DAYS_MAX);
        CurveJson.Days found = new CurveJson.Days(days);
        return tell(exchange, found, found::hears).thenApply(heard -> Responses.ok(heard.curve()));
    }

    private CompletionStage<HttpResponse> growth(Exchange exchange) {
        int days = exchange.query("range", GROWTH_DAYS, DAYS_MIN, DAYS_MAX);
        Growth growth = new Growth(days);
        return tell(exchange, growth, growth::hears)
                .thenApply(heard -> Responses.ok(GrowthJson.of(
                        heard.found().orElseThrow(() -> new ProblemException(LearnerRejection.UNKNOWN_LEARNER)))));
    }

    /** Changes nothing, though it is asked with a body. */
    private CompletionStage<HttpResponse> suppose(Exchange exchange) {
        return exchange.withBody(CounterfactualJson.Asked.class, body -> {
            Counterfactual.Search search = new Counterfactual.Search(body.id());
            Counterfactual.Supposition supposition = body.supposition();
            return tell(exchange, search, search::hears)
                    .thenApply(heard -> Responses.ok(CounterfactualJson.of(heard.found()
                            .orElseThrow(() -> new ProblemException(
                                    body.id() == null
                                            ? LearnerRejection.UNKNOWN_LEARNER
                                            : LearnerRejection.UNKNOWN_DECISION))
                            .suppose(supposition))));
        });
    }

    private <T> CompletionStage<T> tell(Exchange exchange, T found, Predicate<PastDecisions.Past> witness) {
        return past.tell(exchange.tenant(), LearnerId.of(exchange.principal().subject()), found, witness);
    }
}
