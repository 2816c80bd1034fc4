package io.turnwise.http;

import io.turnwise.turn.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as it goes over the wire (RFC 9457).
 *
 * @param code stable, for programs
 * @param title the status in words
 * @param detail one sentence for people, saying what to do
 * @param instance the request id
 * @param errors what is wrong with which field, if fields are at fault
 */
public record Problem(
        String code,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable List<FieldError> errors) {

    /**
     * One field at fault.
     *
     * @param field its name as in the body or query
     */
    public record FieldError(String field, String detail) {}

    /** The only place where a kind of refusal becomes a status. */
    static int status(Rejection.Kind kind) {
        return switch (kind) {
            case MALFORMED -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case UNKNOWN -> 404;
            case WRONG_STATE -> 409;
            case STALE_VERSION -> 412;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_TYPE -> 415;
            case RULE -> 422;
            case UPGRADE_REQUIRED -> 426;
            case TOO_MANY -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }

    /** A refusal with the status of its kind. */
    public static Problem of(Rejection rejection, String detail, String instance, @Nullable List<FieldError> errors) {
        int status = status(rejection.kind());
        return new Problem(rejection.code(), title(status), status, detail, instance, errors);
    }

    private static String title(int status) {
        return akka.http.javadsl.model.StatusCodes.get(status).reason();
    }
}
