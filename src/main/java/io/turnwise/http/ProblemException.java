package io.turnwise.http;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.turn.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request at fault, thrown where it is read and answered in one place. */
public final class ProblemException extends RuntimeException {

    private final transient Rejection rejection;
    private final transient @Nullable List<Problem.FieldError> errors;
    private final long retryAfterSeconds;

    public ProblemException(Rejection rejection) {
        this(rejection, rejection.detail(), null);
    }

    public ProblemException(Rejection rejection, String detail, @Nullable List<Problem.FieldError> errors) {
        this(rejection, detail, errors, Responses.RETRY_AFTER_SECONDS);
    }

    private ProblemException(
            Rejection rejection, String detail, @Nullable List<Problem.FieldError> errors, long retryAfterSeconds) {
        super(detail, null, false, false); // says what the caller did, so the stack says nothing
        this.rejection = rejection;
        this.errors = errors;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** One that says when the same may be tried again. */
    public static ProblemException retryAfter(Rejection rejection, long seconds) {
        return new ProblemException(rejection, rejection.detail(), null, seconds);
    }

    /** Why, in general. */
    public Rejection.Kind kind() {
        return rejection.kind();
    }

    HttpResponse response(String requestId) {
        return Responses.problem(
                Problem.of(rejection, String.valueOf(getMessage()), requestId, errors), retryAfterSeconds);
    }

    /** The same on the wire.
     *
     * @param instance the request id, and what else says where
     */
    public Problem problem(String instance) {
        return Problem.of(rejection, String.valueOf(getMessage()), instance, errors);
    }
}
