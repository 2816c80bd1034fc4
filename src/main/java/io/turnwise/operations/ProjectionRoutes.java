package io.turnwise.operations;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.StrictJson;
import io.turnwise.projection.Order;
import io.turnwise.projection.ProjectionDesk;
import io.turnwise.projection.ProjectionStanding;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Projections: how they stand, and what an operator does to them. */
final class ProjectionRoutes {

    private static final String ALL = "/admin/cqrs/projections";
    private static final String ONE = ALL + "/{name}";
    private static final Pattern SLICES = Pattern.compile("\\d{1,4}-\\d{1,4}");

    private record Projections(List<ProjectionStanding> projections) {}

    private record Why(@Nullable String reason) {}

    private record Skip(@Nullable String slices, @Nullable String reason) {}

    private record Rebuild(
            @Nullable String reason, @Nullable Boolean swap) {}

    private final ProjectionDesk desk;
    private final OperatorsRequests requests;

    ProjectionRoutes(ProjectionDesk desk, Readings readings) {
        this.desk = desk;
        this.requests = new OperatorsRequests(readings);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                        ALL, Access.ADMIN, exchange -> requests.answer(exchange, () -> new Projections(desk.all()))),
                Endpoint.get(ONE, Access.ADMIN, exchange -> requests.answer(exchange, () -> desk.one(name(exchange)))),
                Endpoint.post(ONE + "/pause", Access.ADMIN, exchange -> done(exchange, desk::pause)),
                Endpoint.post(ONE + "/resume", Access.ADMIN, exchange -> done(exchange, desk::resume)),
                Endpoint.post(ONE + "/reset", Access.ADMIN, exchange -> done(exchange, desk::reset)),
                Endpoint.post(ONE + "/skip", Access.ADMIN, this::skip),
                Endpoint.post(ONE + "/rebuild", Access.ADMIN, this::rebuild),
                Endpoint.post(
                        ONE + "/rebuild/cancel",
                        Access.ADMIN,
                        exchange -> done(exchange, (name, order) -> {
                            desk.rebuilds().cancel(name, order);
                            return desk.one(name);
                        })));
    }

    private static String name(Exchange exchange) {
        return exchange.pathParameter("name");
    }

    private CompletionStage<HttpResponse> done(
            Exchange exchange, BiFunction<String, Order, ProjectionStanding> action) {
        OperatorsRequests.requireOperator(exchange);
        return exchange.withBody(Why.class, why -> {
            Order order = OperatorsRequests.order(exchange, why.reason());
            return requests.answer(exchange, () -> action.apply(name(exchange), order));
        });
    }

    private CompletionStage<HttpResponse> skip(Exchange exchange) {
        OperatorsRequests.requireOperator(exchange);
        return exchange.withBody(Skip.class, skip -> {
            Order order = OperatorsRequests.order(exchange, skip.reason());
            String slices = Exchange.required("slices", skip.slices());
            if (!SLICES.matcher(slices).matches()) {
                throw StrictJson.invalid("slices", "must be a worker's, like 0-511");
            }
            return requests.answer(exchange, () -> desk.skip(name(exchange), slices, order));
        });
    }

    private CompletionStage<HttpResponse> rebuild(Exchange exchange) {
        OperatorsRequests.requireOperator(exchange);
        return exchange.withBody(Rebuild.class, rebuild -> {
            Order order = OperatorsRequests.order(exchange, rebuild.reason());
            boolean swaps = rebuild.swap() == null || rebuild.swap();
            return requests.answer(exchange, () -> {
                desk.rebuilds().start(name(exchange), swaps, order);
                return desk.one(name(exchange));
            });
        });
    }
}
