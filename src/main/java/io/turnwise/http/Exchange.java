package io.turnwise.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.MediaTypes;
import akka.stream.FlowShape;
import akka.stream.Materializer;
import akka.stream.javadsl.Source;
import akka.stream.stage.GraphStage;
import akka.util.ByteString;
import io.turnwise.journal.ContentHash;
import io.turnwise.turn.Caller;
import io.turnwise.turn.TurnRejection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request with what is known about it: who calls, what the path says, and how its body is read. */
public final class Exchange {

    /** What all exchanges of a server share. */
    record Server(
            Materializer materializer,
            Duration bodyTimeout,
            long bodyBytesMax,
            long drainedBytesMax,
            OpenStreams openStreams) {}

    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f-]{55,128}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Server server;
    private final HttpRequest request;
    private final Map<String, String> pathParameters;
    private final @Nullable Principal principal;
    private final String requestId;
    private final boolean requestIdGiven;
    private boolean bodyTaken;

    Exchange(
            Server server,
            HttpRequest request,
            Map<String, String> pathParameters,
            @Nullable Principal principal,
            String requestId,
            boolean requestIdGiven) {
        this.server = server;
        this.request = request;
        this.pathParameters = pathParameters;
        this.principal = principal;
        this.requestId = requestId;
        this.requestIdGiven = requestIdGiven;
    }

    public HttpRequest request() {
        return request;
    }

    /** Counts a stream that takes the connection over among those that are open; other streams are counted where they are sent. */
    public <T> GraphStage<FlowShape<T, T>> counted() {
        return server.openStreams().counted(() -> {});
    }

    /** Whether the handler reads the body; otherwise somebody else must, or the connection is closed over it. */
    boolean bodyTaken() {
        return bodyTaken;
    }

    public String requestId() {
        return requestId;
    }

    /** Who calls; only for endpoints that need a token. */
    public Principal principal() {
        if (principal == null) {
            throw new ProblemException(HttpRejection.UNAUTHENTICATED);
        }
        return principal;
    }

    public Optional<Principal> anyPrincipal() {
        return Optional.ofNullable(principal);
    }

    public String tenant() {
        return principal == null ? "default" : principal.tenant();
    }

    /** An id of ours from the path; what cannot be one is answered like any other unknown. */
    public String pathId(String name) {
        String id = pathParameter(name);
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(HttpRejection.UNKNOWN_PATH, "There is no such id.", null);
        }
        return id;
    }

    /** What stands in the path at {@code {name}}, decoded. */
    public String pathParameter(String name) {
        String encoded = Objects.requireNonNull(pathParameters.get(name), name);
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8); // a plus in a path is a plus
    }

    public Optional<String> query(String name) {
        return request.getUri().query().get(name);
    }

    /** A whole number from the query. */
    public int query(String name, int otherwise, int min, int max) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (min <= value && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw new ProblemException(
                HttpRejection.INVALID_PARAMETER,
                name + " must be a whole number from " + min + " to " + max + ".",
                null);
    }

    /** The caller as the kernel needs it: with idempotency key, demanded version and trace. */
    public Caller caller() {
        Caller caller = callerAs(principal().subject());
        return principal().isUnpaced() ? caller.withoutPace() : caller;
    }

    /**
     * The same for a command that is made of {@code body} and of the time: under one idempotency key it is the body that must
     * be equal.
     */
    public Caller caller(Object body) {
        Caller caller = caller();
        String target = request.method().value() + " " + request.getUri().path() + " ";
        return caller.key() == null ? caller : caller.withKey(caller.key(), ContentHash.of(target, body));
    }

    /** The same where no token is needed and {@code subject} is known otherwise. */
    public Caller callerAs(String subject) {
        return new Caller(
                subject,
                header("Idempotency-Key", KEY),
                null,
                ifVersion(),
                requestIdGiven ? requestId : null,
                traceparent(),
                false);
    }

    public @Nullable String idempotencyKey() {
        return header("Idempotency-Key", KEY);
    }

    /** One that is malformed is no trace, and nothing else is wrong with the request (W3C Trace Context 3.2.2). */
    private @Nullable String traceparent() {
        String value = rawHeader("traceparent");
        return value != null && TRACEPARENT.matcher(value).matches() ? value : null;
    }

    /** Whether it can be an idempotency key, wherever it stands. */
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    private @Nullable String header(String name, Pattern form) {
        String value = rawHeader(name);
        if (value != null && !form.matcher(value).matches()) {
            throw new ProblemException(
                    HttpRejection.INVALID_HEADER, name + " must match " + form.pattern() + ".", null);
        }
        return value;
    }

    private @Nullable String rawHeader(String name) {
        return request.getHeader(name)
                .map(akka.http.javadsl.model.HttpHeader::value)
                .orElse(null);
    }

    private long ifVersion() {
        String etag = rawHeader("If-Match");
        if (etag == null || etag.equals("*")) {
            return Caller.ANY_VERSION;
        }
        if (!etag.matches("\"\\d{1,18}\"")) {
            throw new ProblemException(TurnRejection.VERSION_MALFORMED);
        }
        return Long.parseLong(etag.substring(1, etag.length() - 1));
    }

    /** Reads the body as one JSON object, then answers with {@code handler}. */
    public <T, R> CompletionStage<R> withBody(Class<T> type, Function<T, CompletionStage<R>> handler) {
        bodyTaken = true;
        HttpEntity entity = request.entity();
        if (!isJson(entity.getContentType().mediaType())) {
            throw new ProblemException(HttpRejection.NOT_JSON);
        }
        if (entity instanceof HttpEntity.Strict strict) {
            return handler.apply(parse(strict.getData(), type));
        }
        return BoundedBody.read(entity, server)
                .thenComposeAsync(bytes -> handler.apply(parse(bytes, type)), Runnable::run);
    }

    /** Says so, or says nothing; then it is read as JSON nevertheless. */
    private static boolean isJson(MediaType type) {
        return type.equals(ContentTypes.NO_CONTENT_TYPE.mediaType())
                || type.equals(MediaTypes.APPLICATION_OCTET_STREAM)
                || (type.isApplication()
                        && (type.subType().equals("json") || type.subType().endsWith("+json")));
    }

    /** The same where the body may be left out. */
    public <T, R> CompletionStage<R> withOptionalBody(
            Class<T> type, T otherwise, Function<T, CompletionStage<R>> handler) {
        return request.entity().isKnownEmpty() ? handler.apply(otherwise) : withBody(type, handler);
    }

    public <R> CompletionStage<R> done(R response) {
        return CompletableFuture.completedFuture(response);
    }

    /** A field of a body that must not be missing. */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new ProblemException(
                    HttpRejection.INVALID_FIELD,
                    HttpRejection.INVALID_FIELD.detail(),
                    List.of(new Problem.FieldError(field, "is missing")));
        }
        return value;
    }

    /** The body as it comes, however long it is; whoever takes it reads it. Fails where it ends before it is whole. */
    public Source<ByteString, ?> bodyBytes() {
        bodyTaken = true;
        HttpEntity entity = request.entity().withoutSizeLimit();
        return entity instanceof HttpEntity.Strict strict ? Source.single(strict.getData()) : WholeBody.of(entity);
    }

    private static <T> T parse(ByteString body, Class<T> type) {
        byte[] bytes = body.toArrayUnsafe();
        return StrictJson.read(bytes, 0, bytes.length, type, "body");
    }
}
