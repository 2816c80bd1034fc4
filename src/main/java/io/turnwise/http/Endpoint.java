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
 * @param isLimitedPerAddress whether one remote address may call it only so often: {@code turnwise.http.per-address}
 * @param isAlwaysServed also when as many requests are open as may be: who asks whether the node lives must hear it
 */
public record Endpoint(
        HttpMethod method,
        String path,
        Access access,
        boolean isStream,
        boolean isLimitedPerAddress,
        boolean isAlwaysServed,
        Handler handler) {

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
        return new Endpoint(HttpMethods.GET, path, access, false, false, false, handler);
    }

    /** A stream, which browsers open without headers of their own. */
    public static Endpoint stream(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.GET, path, access, true, false, false, handler);
    }

    public static Endpoint post(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.POST, path, access, false, false, false, handler);
    }

    public static Endpoint put(String path, Access access, Handler handler) {
        return new Endpoint(HttpMethods.PUT, path, access, false, false, false, handler);
    }

    /** The same, and one remote address may call it only so often. */
    public Endpoint limitedPerAddress() {
        return new Endpoint(method, path, access, isStream, true, isAlwaysServed, handler);
    }

    /** The same, however many requests are open. */
    public Endpoint alwaysServed() {
        return new Endpoint(method, path, access, isStream, isLimitedPerAddress, true, handler);
    }
}
