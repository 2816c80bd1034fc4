package io.turnwise.http;

import io.turnwise.turn.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request at fault, thrown where it is read and answered in one place. */
public final class ProblemException extends RuntimeException {

    private final transient Rejection rejection;
    private final transient @Nullable List<Problem.FieldError> errors;

    public ProblemException(Rejection rejection) {
        this(rejection, rejection.detail(), null);
    }

    public ProblemException(Rejection rejection, String detail, @Nullable List<Problem.FieldError> errors) {
        super(detail, null, false, false); // says what the caller did, so the stack says nothing
        this.rejection = rejection;
        this.errors = errors;
    }

    /** Why, in general. */
    public Rejection.Kind kind() {
        return rejection.kind();
    }

    /** What is answered. */
    public Problem problem(String requestId) {
        return Problem.of(rejection, String.valueOf(getMessage()), requestId, errors);
    }
}
