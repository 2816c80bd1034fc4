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
import java.util.function.Function;

/** How answers and refusals become responses. */
public final class Responses {

    private static final ContentType PROBLEM = MediaTypes.applicationWithFixedCharset(
                    "problem+json", akka.http.javadsl.model.HttpCharsets.UTF_8)
            .toContentType();
    private static final HttpHeader REPLAYED = RawHeader.create("Idempotent-Replayed", "true");
    private static final HttpHeader RETRY_AFTER = RawHeader.create("Retry-After", "1");
    private static final HttpHeader UPGRADE = RawHeader.create("Upgrade", "websocket");
    private static final HttpHeader AUTHENTICATE = RawHeader.create("WWW-Authenticate", "Bearer");

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

    static HttpResponse problem(Problem problem) {
        HttpResponse response = HttpResponse.create()
                .withStatus(problem.status())
                .withEntity(HttpEntities.create(PROBLEM, bytes(problem)));
        return switch (problem.status()) {
            case 401 -> response.addHeader(AUTHENTICATE);
            case 426 -> response.addHeader(UPGRADE);
            case 429, 503 -> response.addHeader(RETRY_AFTER);
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
