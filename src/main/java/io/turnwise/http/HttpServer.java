package io.turnwise.http;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.TimeoutAccess;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.http.scaladsl.model.IllegalUriException;
import akka.stream.Materializer;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import com.typesafe.config.Config;
import io.turnwise.journal.Outage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a table of endpoints: finds the one that is called, sees who calls, and turns whatever goes wrong into a problem. */
public final class HttpServer {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final String BEARER = "Bearer ";

    private final EndpointTable table;
    private final Tokens tokens;
    private final boolean publicReads;
    private final boolean publicMetrics;
    private final Exchange.Server shared;
    private final RemoteAddresses remoteAddresses;
    /** Of each endpoint that one address may call only so often. */
    private final Map<Endpoint, AddressLimit> addressLimits;

    private final int openRequestsMax;
    private final AtomicInteger openRequests = new AtomicInteger();
    private final OpenStreams openStreams;
    private final Connection.Rules connectionRules;

    public HttpServer(ActorSystem<?> system, List<Endpoint> endpoints, Tokens tokens) {
        Config http = system.settings().config().getConfig("turnwise.http");
        this.table = new EndpointTable(endpoints);
        this.tokens = tokens;
        this.publicReads = http.getBoolean("public-reads");
        this.publicMetrics = http.getBoolean("public-metrics");
        this.openStreams = new OpenStreams(http.getInt("open-streams-max"));
        this.shared = new Exchange.Server(
                Materializer.createMaterializer(system),
                http.getDuration("body-timeout"),
                http.getBytes("body-max"),
                http.getBytes("body-drained-max"),
                openStreams);
        this.remoteAddresses = new RemoteAddresses(http.getStringList("trusted-proxies"));
        this.addressLimits = endpoints.stream()
                .filter(Endpoint::isLimitedPerAddress)
                .collect(Collectors.toMap(
                        Function.identity(),
                        endpoint -> new AddressLimit(http.getConfig("per-address"), System::nanoTime)));
        this.openRequestsMax = http.getInt("open-requests-max");
        this.connectionRules = Connection.Rules.of(http, openStreams, this::handle);
    }

    /** Listens; the caller unbinds. */
    public CompletionStage<ServerBinding> bind(ActorSystem<?> system, String host, int port) {
        return Http.get(system).newServerAt(host, port).bindFlow(Flow.fromGraph(new Connection(connectionRules)));
    }

    /** Requests that are being answered, and streams that are being sent. */
    int openRequestCount() {
        return openRequests.get();
    }

    int openStreamCount() {
        return openStreams.count();
    }

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        Optional<String> given = request.getHeader("X-Request-ID")
                .map(HttpHeader::value)
                .filter(id -> REQUEST_ID.matcher(id).matches());
        String requestId = given.orElseGet(HttpServer::newRequestId);
        boolean isBusy = openRequests.incrementAndGet() > openRequestsMax;
        AtomicBoolean isOpen = new AtomicBoolean(true);
        request.getHeader(TimeoutAccess.class)
                .ifPresent(timeout -> timeout.timeoutAccess().updateHandler(late -> {
                    closeRequest(isOpen);
                    return Responses.marked(
                            new ProblemException(HttpRejection.TOO_SLOW).response(requestId), requestId);
                }));
        CompletionStage<HttpResponse> response;
        try {
            response = answer(request, requestId, given.isPresent(), isBusy);
        } catch (RuntimeException e) {
            response = CompletableFuture.completedFuture(failed(request, e, requestId));
        }
        return response.handleAsync(
                (answered, failure) -> {
                    closeRequest(isOpen);
                    return Responses.marked(
                            failure == null ? answered : failed(request, failure, requestId), requestId);
                },
                Runnable::run);
    }

    /** Once, whether its answer comes or comes too late. */
    private void closeRequest(AtomicBoolean isOpen) {
        if (isOpen.compareAndSet(true, false)) {
            openRequests.decrementAndGet();
        }
    }

    /** Tells requests apart in answers and log; need not be hard to guess. */
    static String newRequestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    private CompletionStage<HttpResponse> answer(
            HttpRequest request, String requestId, boolean idGiven, boolean isBusy) {
        EndpointTable.Place place =
                table.find(request.getUri().path()).orElseThrow(() -> new ProblemException(HttpRejection.UNKNOWN_PATH));
        Endpoint endpoint = place.methods().get(request.method()); // a HEAD comes as GET;
        if (endpoint == null) {
            discard(request);
            return CompletableFuture.completedFuture(methods(place, request.method(), requestId));
        }
        if ((isBusy && !endpoint.isAlwaysServed()) || (endpoint.isStream() && openStreams.isFull())) {
            throw new ProblemException(HttpRejection.BUSY);
        }
        if (endpoint.isLimitedPerAddress()) {
            Objects.requireNonNull(addressLimits.get(endpoint)).take(remoteAddresses.of(request));
        }
        Principal principal = authorised(endpoint, request);
        Exchange exchange = new Exchange(shared, request, place.parameters(), principal, requestId, idGiven);
        CompletionStage<HttpResponse> response = endpoint.handler().handle(exchange);
        return exchange.bodyTaken() || request.entity().isStrict()
                ? response
                : discard(request).thenCombine(response, (done, answered) -> answered);
    }

    private @Nullable Principal authorised(Endpoint endpoint, HttpRequest request) {
        Access access = endpoint.access();
        String token = access == Access.PUBLIC ? null : token(endpoint, request);
        if (token == null) {
            if (isOpen(access)) {
                return null;
            }
            throw new ProblemException(HttpRejection.UNAUTHENTICATED);
        }
        Principal principal = tokens.verify(token).orElseThrow(() -> new ProblemException(HttpRejection.INVALID_TOKEN));
        if (!isFor(access, principal)) {
            throw new ProblemException(HttpRejection.FORBIDDEN);
        }
        return principal;
    }

    /** To who has no token. */
    private boolean isOpen(Access access) {
        return switch (access) {
            case PUBLIC -> true;
            case READER -> publicReads;
            case OPERATOR -> publicMetrics;
            case MEMBER, ADMIN -> false;
        };
    }

    private boolean isFor(Access access, Principal principal) {
        Role role = principal.role();
        return switch (access) {
            case PUBLIC, READER, MEMBER -> true;
            case OPERATOR ->
                publicMetrics || (principal.tenant().equals("default") && (role == Role.SERVICE || role == Role.ADMIN));
            case ADMIN -> role == Role.ADMIN;
        };
    }

    /** From the header; browsers cannot set one on a stream and use the query, which is never logged. */
    private static @Nullable String token(Endpoint endpoint, HttpRequest request) {
        Optional<String> header = request.getHeader("Authorization").map(HttpHeader::value);
        if (header.isPresent()) {
            String value = header.get();
            return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? value.substring(BEARER.length()).trim()
                    : "";
        }
        return endpoint.isStream()
                ? request.getUri().query().get("access_token").orElse(null)
                : null;
    }

    /** What can be done there, to who asks or does something else. */
    private static HttpResponse methods(EndpointTable.Place place, HttpMethod asked, String requestId) {
        String allowed = place.allowed();
        HttpResponse response = asked.equals(HttpMethods.OPTIONS)
                ? Responses.noContent()
                : Responses.problem(new Problem(
                        "method-not-allowed", "Method Not Allowed", 405, "Use " + allowed + ".", requestId, null));
        return response.addHeader(RawHeader.create("Allow", allowed));
    }

    private HttpResponse failed(HttpRequest request, Throwable failure, String requestId) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        discard(request);
        if (cause instanceof ProblemException problem) {
            return problem.response(requestId);
        }
        if (cause instanceof EntityStreamSizeException) {
            return new ProblemException(HttpRejection.BODY_TOO_LARGE).response(requestId);
        }
        if (cause instanceof EntityStreamException) {
            return new ProblemException(HttpRejection.MALFORMED_BODY).response(requestId);
        }
        if (cause instanceof IllegalUriException) { // the query is read only when it is asked for
            return new ProblemException(HttpRejection.INVALID_PARAMETER).response(requestId);
        }
        if (cause instanceof TimeoutException) {
            return Responses.problem(new Problem(
                    "slow-body", "Request Timeout", 408, "The body did not arrive in time.", requestId, null));
        }
        if (Outage.isPostgresAway(cause)) { // said once, and not by every request that meets it
            log.debug(
                    "{} {} found no Postgres, request {}",
                    request.method().value(),
                    request.getUri().path(),
                    requestId);
            return new ProblemException(HttpRejection.STORE_AWAY).response(requestId);
        }
        log.error(
                "{} {} failed, request {}",
                request.method().value(),
                request.getUri().path(),
                requestId,
                cause);
        return new ProblemException(HttpRejection.INTERNAL).response(requestId);
    }

    /** A body that nobody read would block its connection; fails when it comes too slowly, or is too large. */
    private CompletionStage<Done> discard(HttpRequest request) {
        if (request.entity().isStrict()) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        return request.entity()
                .getDataBytes()
                .completionTimeout(shared.bodyTimeout())
                .runWith(Sink.ignore(), shared.materializer());
    }
}
