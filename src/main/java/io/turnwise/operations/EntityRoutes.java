package io.turnwise.operations;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.Responses;
import io.turnwise.journal.ReadableJournal.Selection;
import io.turnwise.journal.Until;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The life of one entity, whatever it is: its events, its states, and what it would be without one of them. */
final class EntityRoutes {

    private static final String ENTITY = "/admin/es/entities/{pid}";
    private static final Pattern TYPE = Pattern.compile("[a-z0-9.-]{1,64}(/\\d{1,4})?");
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 100;

    private final Kinds kinds;
    private final TimeTravel travel;
    private final Readings readings;

    EntityRoutes(Kinds kinds, TimeTravel travel, Readings readings) {
        this.kinds = kinds;
        this.travel = travel;
        this.readings = readings;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(ENTITY + "/events", Access.ADMIN, this::events),
                Endpoint.get(ENTITY + "/state", Access.ADMIN, this::state),
                Endpoint.get(ENTITY + "/diff", Access.ADMIN, this::difference),
                Endpoint.get(ENTITY + "/what-if", Access.ADMIN, this::without));
    }

    private CompletionStage<HttpResponse> events(Exchange exchange) {
        String type = exchange.query("type").orElse(null);
        if (type != null && !TYPE.matcher(type).matches()) {
            throw Asked.invalid("type", "the name of an event, like bidding.bid-placed or bidding.bid-placed/1");
        }
        Selection wanted = new Selection(
                Asked.version(exchange, "after").orElse(0L),
                new Until(
                        Asked.version(exchange, "up_to").orElse(Long.MAX_VALUE),
                        Asked.time(exchange, "until").orElse(Long.MAX_VALUE)),
                Asked.time(exchange, "since").orElse(Long.MIN_VALUE),
                type);
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        return read(exchange, entity -> travel.events(entity, wanted, limit));
    }

    private CompletionStage<HttpResponse> state(Exchange exchange) {
        Until at = Asked.until(exchange, "at");
        boolean useSnapshot = Asked.flag(exchange, "snapshot", true);
        return read(exchange, entity -> travel.state(entity, at, useSnapshot));
    }

    private CompletionStage<HttpResponse> difference(Exchange exchange) {
        Until from = exchange.query("from").isEmpty() ? Until.version(0) : Asked.until(exchange, "from");
        Until to = Asked.until(exchange, "to");
        return read(exchange, entity -> travel.difference(entity, from, to));
    }

    private CompletionStage<HttpResponse> without(Exchange exchange) {
        long version = Asked.version(exchange, "without").orElse(TimeTravel.LAST);
        Until at = Asked.until(exchange, "at");
        return read(exchange, entity -> travel.without(entity, version, at));
    }

    private CompletionStage<HttpResponse> read(Exchange exchange, Function<Entity<?>, Object> reading) {
        Entity<?> entity = kinds.find(exchange.pathParameter("pid"), exchange.tenant());
        return readings.read(() -> Responses.ok(reading.apply(entity)));
    }
}
