package io.turnwise.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.TimeoutAccess;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.http.scaladsl.model.IllegalUriException;
import akka.stream.Materializer;
import com.typesafe.config.Config;
import io.turnwise.journal.Outage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
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
    private final Exchange.Server shared;

    public HttpServer(ActorSystem<?> system, List<Endpoint> endpoints, Tokens tokens) {
        Config http = system.settings().config().getConfig("turnwise.http");
        this.table = new EndpointTable(endpoints);
        this.tokens = tokens;
        this.publicReads = http.getBoolean("public-reads");
        this.shared = new Exchange.Server(
                Materializer.createMaterializer(system),
                http.getDuration("body-timeout").toMillis(),
                http.getBytes("body-max"));
    }

    /** Listens; the caller unbinds. */
    public CompletionStage<ServerBinding> bind(ActorSystem<?> system, String host, int port) {
        return Http.get(system).newServerAt(host, port).bind(this::handle);
    }

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        Optional<String> given = request.getHeader("X-Request-ID")
                .map(HttpHeader::value)
                .filter(id -> REQUEST_ID.matcher(id).matches());
        String requestId = given.orElseGet(HttpServer::newRequestId);
        request.getHeader(TimeoutAccess.class)
                .ifPresent(timeout -> timeout.timeoutAccess().updateHandler(late -> tooSlow(requestId)));
        CompletionStage<HttpResponse> response;
        try {
            response = answer(request, requestId, given.isPresent());
        } catch (RuntimeException e) {
            response = CompletableFuture.completedFuture(failed(request, e, requestId));
        }
        return response.handleAsync(
                (answered, failure) -> (failure == null ? answered : failed(request, failure, requestId))
                        .addHeader(RawHeader.create("X-Request-ID", requestId)),
                Runnable::run);
    }

    private static HttpResponse tooSlow(String requestId) {
        return Responses.problem(new ProblemException(HttpRejection.TOO_SLOW).problem(requestId))
                .addHeader(RawHeader.create("X-Request-ID", requestId));
    }

    /** Tells requests apart in answers and log; need not be hard to guess. */
    static String newRequestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, String requestId, boolean idGiven) {
        EndpointTable.Place place =
                table.find(request.getUri().path()).orElseThrow(() -> new ProblemException(HttpRejection.UNKNOWN_PATH));
        Endpoint endpoint = place.methods().get(request.method());
        if (endpoint == null) {
            discard(request);
            return CompletableFuture.completedFuture(methodNotAllowed(place, requestId));
        }
        Principal principal = authorised(endpoint, request);
        Exchange exchange = new Exchange(shared, request, place.parameters(), principal, requestId, idGiven);
        CompletionStage<HttpResponse> response = endpoint.handler().handle(exchange);
        if (!exchange.bodyTaken()) {
            discard(request);
        }
        return response;
    }

    private @Nullable Principal authorised(Endpoint endpoint, HttpRequest request) {
        Access access = endpoint.access();
        String token = access == Access.PUBLIC ? null : token(endpoint, request);
        boolean anonymous = access == Access.PUBLIC || (access == Access.READER && publicReads);
        if (token == null) {
            if (anonymous) {
                return null;
            }
            throw new ProblemException(HttpRejection.UNAUTHENTICATED);
        }
        Principal principal = tokens.verify(token).orElseThrow(() -> new ProblemException(HttpRejection.INVALID_TOKEN));
        if (access == Access.ADMIN && principal.role() != Role.ADMIN) {
            throw new ProblemException(HttpRejection.FORBIDDEN);
        }
        return principal;
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

    private static HttpResponse methodNotAllowed(EndpointTable.Place place, String requestId) {
        String allowed = place.methods().keySet().stream()
                .map(HttpMethod::value)
                .sorted()
                .collect(Collectors.joining(", "));
        Problem problem =
                new Problem("method-not-allowed", "Method Not Allowed", 405, "Use " + allowed + ".", requestId, null);
        return Responses.problem(problem).addHeader(RawHeader.create("Allow", allowed));
    }

    private HttpResponse failed(HttpRequest request, Throwable failure, String requestId) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        discard(request);
        if (cause instanceof ProblemException problem) {
            return Responses.problem(problem.problem(requestId));
        }
        if (cause instanceof EntityStreamSizeException) {
            return Responses.problem(new ProblemException(HttpRejection.BODY_TOO_LARGE).problem(requestId));
        }
        if (cause instanceof EntityStreamException) {
            return Responses.problem(new ProblemException(HttpRejection.MALFORMED_BODY).problem(requestId));
        }
        if (cause instanceof IllegalUriException) { // the query is read only when it is asked for
            return Responses.problem(new ProblemException(HttpRejection.INVALID_PARAMETER).problem(requestId));
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
            return Responses.problem(new ProblemException(HttpRejection.STORE_AWAY).problem(requestId));
        }
        log.error(
                "{} {} failed, request {}",
                request.method().value(),
                request.getUri().path(),
                requestId,
                cause);
        return Responses.problem(new ProblemException(HttpRejection.INTERNAL).problem(requestId));
    }

    /** A body that nobody read would block its connection. */
    private void discard(HttpRequest request) {
        if (!request.entity().isStrict()) {
            request.discardEntityBytes(shared.materializer());
        }
    }
}
