package io.turnwise.http;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.model.StatusCodes;
import akka.http.scaladsl.settings.ServerSettings;

/** Answers with a problem what is so malformed that it never becomes a request; named in {@code http.conf}. */
public final class IllegalRequests extends ParsingErrorHandler {

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        return response(status, detail(status.intValue(), info));
    }

    /** The same for what became a request, but not certainly the one that was sent; nothing comes after it. */
    static HttpResponse refused(String detail) {
        return response(StatusCodes.BadRequest(), detail).addHeader(Connection.create("close"));
    }

    private static HttpResponse response(StatusCode status, String detail) {
        String requestId = HttpServer.newRequestId();
        Problem problem =
                new Problem(code(status.intValue()), status.reason(), status.intValue(), detail, requestId, null);
        return Responses.marked(Responses.problem(problem), requestId);
    }

    private static String code(int status) {
        return switch (status) {
            case 413 -> HttpRejection.BODY_TOO_LARGE.code();
            case 414 -> "uri-too-long";
            case 431 -> "headers-too-large";
            case 501 -> "unsupported-method";
            case 505 -> "unsupported-version";
            default -> "malformed-request";
        };
    }

    /** The summary says what is wrong with the request; the rest of the info names settings, which no client can change. */
    private static String detail(int status, ErrorInfo info) {
        if (status == 414) { // its summary names the client's address
            return "The path and the query together are longer than the server takes.";
        }
        return info.summary().isEmpty() ? "This is not an HTTP request." : info.summary();
    }
}
