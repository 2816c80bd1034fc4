package io.turnwise.bidding;

import io.turnwise.turn.Rejection;

/** What is refused of bids that come in bulk, because they come so. */
enum BulkRejection implements Rejection {
    NOT_LINES("not-lines", Kind.UNSUPPORTED_TYPE, "Send the bids as 'Content-Type: application/x-ndjson'."),
    NOT_OF_THE_WHOLE(
            "invalid-header",
            Kind.MALFORMED,
            "If-Match and Idempotency-Key cannot speak for all lines; give each line a key of its own."),
    LINE_TOO_LONG("line-too-long", Kind.TOO_LARGE, "The line is longer than the server takes and was skipped."),
    BROKEN("malformed-body", Kind.MALFORMED, "The body ends early, or its chunks are not as HTTP has them."),
    STOPPING("unavailable", Kind.UNAVAILABLE, "The node stops. What was not answered was not done; send it again."),
    ONLY_FOR_BROKERS("forbidden", Kind.FORBIDDEN, "Only a broker or an admin may say who bids and with which weight.");

    private final Words words;

    BulkRejection(String code, Kind kind, String detail) {
        this.words = new Words(code, kind, detail);
    }

    @Override
    public Words words() {
        return words;
    }
}
