package io.turnwise.http;

import io.turnwise.turn.Rejection;

/** What the server itself refuses. */
public enum HttpRejection implements Rejection {
    MALFORMED_JSON("malformed-json", Kind.MALFORMED, "The body must be one JSON object as the documentation has it."),
    NOT_JSON("not-json", Kind.UNSUPPORTED_TYPE, "Send the body as 'Content-Type: application/json'."),
    MALFORMED_BODY("malformed-body", Kind.MALFORMED, "The body ends early, or its chunks are not as HTTP has them."),
    INVALID_FIELD(
            "invalid-field", Kind.MALFORMED, "A field is missing or has a value that it cannot have; see errors."),
    INVALID_PARAMETER(
            "invalid-parameter", Kind.MALFORMED, "A path or query parameter has a value that it cannot have."),
    INVALID_HEADER("invalid-header", Kind.MALFORMED, "A header has a value that it cannot have."),
    UNAUTHENTICATED(
            "unauthenticated",
            Kind.UNAUTHENTICATED,
            "Log in at /api/auth/login and send the token as 'Authorization: Bearer <token>'."),
    INVALID_TOKEN("invalid-token", Kind.UNAUTHENTICATED, "The token is forged, malformed or expired. Log in again."),
    FORBIDDEN("forbidden", Kind.FORBIDDEN, "This needs another role than your token has."),
    UNKNOWN_PATH("unknown-path", Kind.UNKNOWN, "There is nothing at this path."),
    BODY_TOO_LARGE("body-too-large", Kind.TOO_LARGE, "The body is larger than the server takes."),
    TOO_MANY_REQUESTS(
            "too-many-requests",
            Kind.TOO_MANY,
            "There were too many of these from your address. Wait as long as Retry-After says."),
    BUSY("busy", Kind.UNAVAILABLE, "The server has as much to do as it takes on. Nothing was done; try again shortly."),
    UPGRADE_REQUIRED(
            "upgrade-required", Kind.UPGRADE_REQUIRED, "This is a WebSocket: ask for it with 'Upgrade: websocket'."),
    TOO_SLOW(
            "unavailable",
            Kind.UNAVAILABLE,
            "No answer came in time, so it is unknown whether it was done. Repeat the request with the same"
                    + " Idempotency-Key to find out."),
    STORE_AWAY("unavailable", Kind.UNAVAILABLE, "Postgres cannot be reached. Nothing was done; try again shortly."),
    INTERNAL("internal", Kind.INTERNAL, "The request hit a fault of ours. Quote the request id when you report it.");

    private final Words words;

    HttpRejection(String code, Kind kind, String detail) {
        this.words = new Words(code, kind, detail);
    }

    @Override
    public Words words() {
        return words;
    }
}
