package io.turnwise.metrics;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The meters of a node, at {@code GET /metrics} in the text format of Prometheus.
 *
 * <p>No meter tells users, sessions or tenants apart: there is no bound on how many of them there are.
 */
public final class Metrics implements AutoCloseable {

    private static final ContentType TEXT = ContentTypes.parse("text/plain; version=0.0.4; charset=UTF-8");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Executor blocking;

    /**
     * Puts meters together with those of the process and its JVM.
     *
     * @param meters of the parts of the node
     * @param blocking reads them all when somebody asks, which takes a while
     */
    public Metrics(List<MeterBinder> meters, Executor blocking) {
        this.blocking = blocking;
        collections.bindTo(registry);
        List.of(
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(each -> each.bindTo(registry));
        meters.forEach(each -> each.bindTo(registry));
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/metrics", Access.OPERATOR, this::tell));
    }

    private CompletionStage<HttpResponse> tell(Exchange exchange) {
        return CompletableFuture.supplyAsync(registry::scrape, blocking)
                .thenApply(text -> HttpResponse.create()
                        .withEntity(HttpEntities.create(TEXT, text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Counts no more. */
    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
