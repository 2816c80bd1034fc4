package io.turnwise.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * One thing that can be called.
 *
 * @param path with parameters in braces: {@code /api/sessions/{id}/events}
 * @param isStream whether a token may come in the query too: browsers cannot set a header on a stream
 */
public record Endpoint(HttpMethod method, String path, Access access, boolean isStream, Handler handler) {

    /** Answers one call. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers.
         *
         * @throws ProblemException when the request is at fault; anything else thrown is answered 500
         */
        CompletionStage<HttpResponse> handle(Exchange exchange);
    }

    public static Endpoint get(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.GET, path, access, false, handler);
    }

    /** A stream, which browsers open without headers of their own. */
    public static Endpoint stream(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.GET, path, access, true, handler);
    }

    public static Endpoint post(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.POST, path, access, false, handler);
    }

    public static Endpoint put(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.PUT, path, access, false, handler);
    }
}
