package io.turnwise.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * One thing that can be called.
 *
 * @param path with parameters in braces: {@code /api/sessions/{id}/events}
 */
public record Endpoint(HttpMethod method, String path, Access access, Handler handler) {

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
        return new Endpoint(HttpMethods.GET, path, access, handler);
    }

    public static Endpoint post(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.POST, path, access, handler);
    }

    public static Endpoint put(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.PUT, path, access, handler);
    }
}
