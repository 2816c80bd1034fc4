package io.turnwise.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.turnwise.journal.Json;
import io.turnwise.turn.Reply;
import java.util.List;
import java.util.function.Function;

/** How answers and refusals become responses. */
public final class Responses {

    private static final ContentType PROBLEM = MediaTypes.applicationWithFixedCharset(
                    "problem+json", akka.http.javadsl.model.HttpCharsets.UTF_8)
            .toContentType();
    private static final HttpHeader REPLAYED = RawHeader.create("Idempotent-Replayed", "true");
    private static final HttpHeader UPGRADE = RawHeader.create("Upgrade", "websocket");
    private static final HttpHeader AUTHENTICATE = RawHeader.create("WWW-Authenticate", "Bearer");

    private static final HttpHeader NOSNIFF = RawHeader.create("X-Content-Type-Options", "nosniff");

    /** When to try again where nothing better is known. */
    static final long RETRY_AFTER_SECONDS = 1;

    private Responses() {}

    public static HttpResponse json(int status, Object body) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, bytes(body)));
    }

    public static HttpResponse ok(Object body) {
        return json(200, body);
    }

    public static HttpResponse noContent() {
        return HttpResponse.create().withStatus(204);
    }

    /** The answer of an accepted command through {@code body}, or its refusal. */
    public static <A> HttpResponse reply(
            Exchange exchange, Reply reply, Class<A> answer, Function<A, HttpResponse> body) {
        if (reply instanceof Reply.Refused refused) {
            return problem(Problem.of(refused, refused.detail(), exchange.requestId(), null));
        }
        Reply.Accepted accepted = (Reply.Accepted) reply;
        HttpResponse response = body.apply(answer.cast(accepted.answer()));
        return accepted.replayed() ? response.addHeader(REPLAYED) : response;
    }

    /** The same with the entity's version as ETag. */
    public static <A> HttpResponse versioned(
            Exchange exchange, Reply reply, Class<A> answer, Function<A, Object> body) {
        return reply(exchange, reply, answer, value -> withETag(ok(body.apply(value)), reply.version()));
    }

    public static HttpResponse withETag(HttpResponse response, long version) {
        return response.addHeader(RawHeader.create("ETag", "\"" + version + "\""));
    }

    /** With what every response has: the id of its request, and that it is nothing but what it says it is. */
    static HttpResponse marked(HttpResponse response, String requestId) {
        return response.addHeaders(List.of(RawHeader.create("X-Request-ID", requestId), NOSNIFF));
    }

    static HttpResponse problem(Problem problem) {
        return problem(problem, RETRY_AFTER_SECONDS);
    }

    /** The same with what a 429 or 503 says about when to try again. */
    static HttpResponse problem(Problem problem, long retryAfterSeconds) {
        HttpResponse response = HttpResponse.create()
                .withStatus(problem.status())
                .withEntity(HttpEntities.create(PROBLEM, bytes(problem)));
        return switch (problem.status()) {
            case 401 -> response.addHeader(AUTHENTICATE);
            case 426 -> response.addHeader(UPGRADE);
            case 429, 503 -> response.addHeader(RawHeader.create("Retry-After", Long.toString(retryAfterSeconds)));
            default -> response;
        };
    }

    private static ByteString bytes(Object body) {
        try {
            return ByteString.fromArrayUnsafe(Json.STORED.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + body.getClass(), e);
        }
    }
}
