package io.turnwise.operations;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.http.StrictJson;
import io.turnwise.journal.KeptSnapshot;
import io.turnwise.journal.Replay;
import io.turnwise.journal.SnapshotShelf;
import io.turnwise.journal.Snapshots;
import io.turnwise.journal.Until;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Snapshots: which there are, one more by hand, and the end of old ones. */
final class SnapshotRoutes {

    private static final String OF_ENTITY = "/admin/es/entities/{pid}/snapshots";
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 100;
    private static final int DAYS_MAX = 36_500;
    private static final int REASON_CHARS_MAX = 200;

    /** Why a snapshot is wanted. */
    record Wish(@Nullable String reason) {}

    private final Kinds kinds;
    private final Replay replay;
    private final Snapshots snapshots;
    private final SnapshotShelf shelf;
    private final Readings readings;
    private final InstantSource clock;
    private final Duration keptFor;

    /**
     * Routes.
     *
     * @param keptFor how long snapshots are kept that are not the newest of their entity
     */
    SnapshotRoutes(
            Kinds kinds,
            Replay replay,
            Snapshots snapshots,
            SnapshotShelf shelf,
            Readings readings,
            InstantSource clock,
            Duration keptFor) {
        this.kinds = kinds;
        this.replay = replay;
        this.snapshots = snapshots;
        this.shelf = shelf;
        this.readings = readings;
        this.clock = clock;
        this.keptFor = keptFor;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(OF_ENTITY, Access.ADMIN, this::ofEntity),
                Endpoint.post(OF_ENTITY, Access.ADMIN, this::take),
                Endpoint.get("/admin/es/snapshots", Access.ADMIN, this::all),
                Endpoint.get("/admin/es/snapshots/stats", Access.ADMIN, this::stats),
                Endpoint.post("/admin/es/snapshots/cleanup", Access.ADMIN, this::cleanUp));
    }

    private Entity<?> entity(Exchange exchange) {
        return kinds.find(exchange.pathParameter("pid"), exchange.tenant());
    }

    private CompletionStage<HttpResponse> ofEntity(Exchange exchange) {
        Entity<?> entity = entity(exchange);
        return readings.read(() -> {
            List<KeptSnapshot> kept = shelf.of(entity.persistenceId());
            if (kept.isEmpty()) {
                entity.newestVersion(replay); // refuses one that there is not
            }
            return Responses.ok(new OperationsJson.Snapshots(
                    kept.stream().map(OperationsJson.Snapshot::of).toList(), null));
        });
    }

    private CompletionStage<HttpResponse> take(Exchange exchange) {
        return exchange.withBody(Wish.class, wish -> {
            String reason = Exchange.required("reason", wish.reason());
            if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
                throw StrictJson.invalid("reason", "must have 1 to " + REASON_CHARS_MAX + " characters");
            }
            exchange.idempotencyKey(); // repeated, it is the same snapshot, unless more has happened
            Entity<?> entity = entity(exchange);
            String by = exchange.principal().subject();
            return readings.read(() -> Responses.json(201, OperationsJson.Snapshot.of(takeNow(entity, reason, by))));
        });
    }

    private <S> KeptSnapshot takeNow(Entity<S> entity, String reason, String by) {
        entity.newestVersion(replay);
        Replay.Folded<S> folded = replay.fold(entity.definition(), entity.id(), true, Until.NEWEST);
        return snapshots
                .take(
                        entity.persistenceId(),
                        folded.sequenceNumber(),
                        folded.held().snapshot(entity.definition()),
                        reason,
                        by)
                .orElseThrow(() -> new ProblemException(OperationsRejection.UNKNOWN_ENTITY));
    }

    private CompletionStage<HttpResponse> all(Exchange exchange) {
        String after = exchange.query("after").orElse("");
        int limit = exchange.query("limit", LIMIT, 1, LIMIT_MAX);
        int at = after.lastIndexOf('@');
        if (!after.isEmpty() && !after.substring(at + 1).matches("\\d{1,18}")) {
            throw Asked.invalid("after", "what the page before had as next_after");
        }
        String afterId = after.isEmpty() ? "" : after.substring(0, Math.max(0, at));
        long afterNumber = after.isEmpty() ? 0 : Long.parseLong(after.substring(at + 1));
        return readings.read(() -> {
            List<KeptSnapshot> page = shelf.page(exchange.tenant(), afterId, afterNumber, limit);
            KeptSnapshot last = page.size() < limit ? null : page.get(limit - 1);
            return Responses.ok(new OperationsJson.Snapshots(
                    page.stream().map(OperationsJson.Snapshot::of).toList(),
                    last == null ? null : last.persistenceId() + "@" + last.sequenceNumber()));
        });
    }

    private CompletionStage<HttpResponse> stats(Exchange exchange) {
        return readings.read(() -> Responses.ok(OperationsJson.Stats.of(shelf.figures(exchange.tenant()))));
    }

    private CompletionStage<HttpResponse> cleanUp(Exchange exchange) {
        exchange.idempotencyKey(); // repeated, it finds nothing more to do
        int days = exchange.query("days", (int) keptFor.toDays(), 0, DAYS_MAX);
        Instant before = clock.instant().minus(Duration.ofDays(days));
        return readings.read(() -> Responses.ok(
                new OperationsJson.Cleaned(shelf.deleteBefore(before.toEpochMilli(), exchange.tenant()), before)));
    }
}
