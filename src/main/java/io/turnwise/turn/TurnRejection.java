package io.turnwise.turn;

/** What the kernel itself refuses. */
public enum TurnRejection implements Rejection {
    BUSY("busy", Kind.UNAVAILABLE, "Too much waits for this entity. Nothing was done; try again shortly."),
    TOO_OFTEN("too-often", Kind.TOO_MANY, "You ask this too often. Nothing was done; wait a second and try again."),
    DOWN("unavailable", Kind.UNAVAILABLE, "The journal cannot be reached. Nothing was done; try again shortly."),
    UNKNOWN_OUTCOME(
            "unavailable",
            Kind.UNAVAILABLE,
            "The journal did not confirm the write, so it is unknown whether it was done. Repeat the request with the"
                    + " same Idempotency-Key to find out."),
    BEING_ERASED(
            "being-erased", Kind.UNAVAILABLE, "All of this is just being erased. Nothing was done; try again shortly."),
    EXPIRED("unavailable", Kind.UNAVAILABLE, "The request waited past its deadline. Nothing was done; try again."),
    INTERNAL("internal", Kind.INTERNAL, "This request hit a fault of ours. Nothing was done; quote the request id."),
    KEY_REUSED(
            "idempotency.key-reused",
            Kind.RULE,
            "This Idempotency-Key was used for a request with other content. Use a new key for a new request."),
    VERSION_MISMATCH(
            "version-mismatch", Kind.STALE_VERSION, "The entity has another version. Read it again and repeat."),
    VERSION_MALFORMED("malformed-version", Kind.MALFORMED, "If-Match takes one ETag as a read returned it.");

    private final Words words;

    TurnRejection(String code, Kind kind, String detail) {
        this.words = new Words(code, kind, detail);
    }

    @Override
    public Words words() {
        return words;
    }
}
