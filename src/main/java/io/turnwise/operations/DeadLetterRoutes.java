package io.turnwise.operations;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;
import io.turnwise.http.StrictJson;
import io.turnwise.journal.ReadableJournal;
import io.turnwise.journal.Until;
import io.turnwise.projection.DeadLetter;
import io.turnwise.projection.DeadLetter.Filter;
import io.turnwise.projection.DeadLetterDesk;
import io.turnwise.projection.Order;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dead letters: which there are and why, trying them again, and giving them up. */
final class DeadLetterRoutes {

    private static final String ALL = "/admin/cqrs/dead-letters";
    private static final String ONE = ALL + "/{id}";
    private static final Pattern ID = Pattern.compile("\\d{1,18}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{C}]{1,255}");
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 100;
    private static final int EVENTS_MAX = 1_000;
    private static final int GROUPS_MAX = 50;

    private record Page(
            List<DeadLetter> deadLetters,
            long total,
            List<DeadLetter.Group> groups,
            @Nullable Long nextAfter) {}

    private record Preview(DeadLetter deadLetter, List<OperationsJson.EventRow> events) {}

    private record Why(@Nullable String reason) {}

    private record RetryMany(
            @Nullable String projection,
            @Nullable String entity,
            @Nullable String cause,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Integer limit,
            @Nullable Boolean dryRun,
            @Nullable String reason) {}

    private record RetriedMany(long matching, List<DeadLetter.Retried> retried) {}

    private final DeadLetterDesk desk;
    private final ReadableJournal journal;
    private final Kinds kinds;
    private final OperatorsRequests requests;

    DeadLetterRoutes(DeadLetterDesk desk, ReadableJournal journal, Kinds kinds, Readings readings) {
        this.desk = desk;
        this.journal = journal;
        this.kinds = kinds;
        this.requests = new OperatorsRequests(readings);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(ALL, Access.ADMIN, this::list),
                Endpoint.get(
                        ONE,
                        Access.ADMIN,
                        exchange ->
                                requests.answer(exchange, () -> preview(desk.find(id(exchange)), exchange.tenant()))),
                Endpoint.post(ALL + "/retry", Access.ADMIN, this::retryMany),
                Endpoint.post(ONE + "/retry", Access.ADMIN, this::retry),
                Endpoint.post(ONE + "/discard", Access.ADMIN, this::discard));
    }

    /** What cannot be an id is answered like any other unknown. */
    private static long id(Exchange exchange) {
        String id = exchange.pathParameter("id");
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(HttpRejection.UNKNOWN_PATH);
        }
        return Long.parseLong(id);
    }

    private CompletionStage<HttpResponse> list(Exchange exchange) {
        Filter filter = new Filter(
                text("projection", exchange),
                text("entity", exchange),
                text("cause", exchange),
                Asked.time(exchange, "since").map(Instant::ofEpochMilli).orElse(null),
                Asked.time(exchange, "until").map(Instant::ofEpochMilli).orElse(null));
        long after = Asked.version(exchange, "after").orElse(0L);
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        return requests.answer(exchange, () -> {
            List<DeadLetter> page = desk.page(filter, after, limit);
            return new Page(
                    page,
                    desk.count(filter),
                    desk.groups(filter, GROUPS_MAX),
                    page.size() < limit ? null : (Long) page.get(limit - 1).id());
        });
    }

    private static @Nullable String text(String name, Exchange exchange) {
        return exchange.query(name)
                .map(text -> {
                    if (!TEXT.matcher(text).matches()) {
                        throw Asked.invalid(name, "1 to 255 printable characters");
                    }
                    return text;
                })
                .orElse(null);
    }

    /** What happened in the turn that failed; of another tenant's it is not shown. */
    private Preview preview(DeadLetter letter, String tenant) {
        String entity = letter.persistenceId();
        if (!entity.contains("|" + tenant + ":")) {
            return new Preview(letter, List.of());
        }
        ReadableJournal.Selection turn =
                new ReadableJournal.Selection(letter.version() - 1, Until.NEWEST, Long.MIN_VALUE, null);
        var secrets = kinds.find(entity, tenant).definition().secretFields();
        return new Preview(
                letter,
                journal.events(entity, turn, EVENTS_MAX, 1).events().stream()
                        .map(event -> OperationsJson.EventRow.of(event, secrets))
                        .toList());
    }

    private CompletionStage<HttpResponse> retry(Exchange exchange) {
        boolean isDryRun = Asked.flag(exchange, "dry_run", false);
        Order order = OperatorsRequests.order(exchange, "retry");
        return requests.answer(exchange, () -> desk.retry(id(exchange), isDryRun, order));
    }

    private CompletionStage<HttpResponse> retryMany(Exchange exchange) {
        OperatorsRequests.requireOperator(exchange);
        return exchange.withBody(RetryMany.class, wanted -> {
            Order order = OperatorsRequests.order(exchange, wanted.reason());
            Filter filter = new Filter(
                    text("projection", wanted.projection()),
                    text("entity", wanted.entity()),
                    text("cause", wanted.cause()),
                    wanted.since(),
                    wanted.until());
            int limit = wanted.limit() == null ? LIMIT_MAX : wanted.limit();
            if (limit < 1 || limit > LIMIT_MAX) {
                throw StrictJson.invalid("limit", "must be a whole number from 1 to " + LIMIT_MAX);
            }
            boolean isDryRun = wanted.dryRun() != null && wanted.dryRun();
            return requests.answer(
                    exchange, () -> new RetriedMany(desk.count(filter), desk.retryAll(filter, limit, isDryRun, order)));
        });
    }

    private static @Nullable String text(String field, @Nullable String value) {
        if (value != null && !TEXT.matcher(value).matches()) {
            throw StrictJson.invalid(field, "must have 1 to 255 printable characters");
        }
        return value;
    }

    private CompletionStage<HttpResponse> discard(Exchange exchange) {
        OperatorsRequests.requireOperator(exchange);
        return exchange.withBody(Why.class, why -> {
            Order order = OperatorsRequests.order(exchange, why.reason());
            return requests.answer(exchange, () -> desk.discard(id(exchange), order));
        });
    }
}
