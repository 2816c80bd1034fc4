package io.turnwise.cluster;

import akka.actor.typed.ActorSystem;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Responses;
import io.turnwise.journal.Outage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Whether a bid would be taken now: the journal answers, this node is up in its cluster, its clock is right. */
final class Readiness {

    private static final String UP = "up";

    private final ActorSystem<?> system;
    private final Jdbi jdbi;
    private final Executor blocking;
    private final InstantSource clock;
    private final Duration skewMax;
    private final Outage outage;
    private volatile boolean started;

    Readiness(Engine engine) {
        this.system = engine.system();
        this.jdbi = engine.jdbi();
        this.blocking = engine.blocking();
        this.clock = engine.clock();
        this.outage = engine.outage();
        this.skewMax = engine.config().getDuration("turnwise.clock-skew-max");
    }

    /** All parts have been started. */
    void started() {
        started = true;
    }

    /** Drains: no longer ready, though still serving. */
    void stopping() {
        started = false;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                                "/health/live",
                                Access.PUBLIC,
                                exchange -> exchange.done(Responses.ok(Map.of("status", UP))))
                        .alwaysServed(),
                Endpoint.get(
                        "/health/ready",
                        Access.PUBLIC,
                        exchange -> CompletableFuture.supplyAsync(this::checks, blocking)
                                .thenApply(checks -> {
                                    boolean ready = checks.values().stream().allMatch(UP::equals);
                                    Map<String, Object> body = new LinkedHashMap<>();
                                    body.put("status", ready ? UP : "down");
                                    body.put("checks", checks);
                                    return Responses.json(ready ? 200 : 503, body);
                                })));
    }

    private Map<String, String> checks() {
        Map<String, String> checks = new LinkedHashMap<>();
        checks.put("started", started ? UP : "the node is starting or stopping");
        MemberStatus status = Cluster.get(system).selfMember().status();
        checks.put("cluster", status.equals(MemberStatus.up()) ? UP : "this node is " + status + " in its cluster");
        try {
            long databaseMillis = jdbi.withHandle(
                    handle -> handle.createQuery("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                            .mapTo(Long.class)
                            .one());
            checks.put("postgres", outage.isAway() ? "the journal takes no turns" : UP);
            long skewMillis = Math.abs(databaseMillis - clock.millis());
            checks.put(
                    "clock",
                    skewMillis <= skewMax.toMillis()
                            ? UP
                            : "this node's clock is " + skewMillis + " ms from that of Postgres");
        } catch (JdbiException e) {
            checks.put("postgres", "the journal does not answer");
        }
        return checks;
    }
}
