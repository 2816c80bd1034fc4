package io.turnwise.bidding;

import io.turnwise.turn.Rejection;

/** What a bidding session refuses. */
enum BiddingRejection implements Rejection {
    UNKNOWN_SESSION(
            "unknown-session", Kind.UNKNOWN, "There is no such session. List the sessions to see which there are."),
    ALREADY_EXISTS(
            "already-exists", Kind.WRONG_STATE, "This session is already scheduled. Change it, or choose another id."),
    ALREADY_STARTED("already-started", Kind.WRONG_STATE, "The session has started, so its terms are fixed."),
    ALREADY_ENDED("already-ended", Kind.WRONG_STATE, "The session has ended and is settled. See its result."),
    TERMS_INVALID("terms-invalid", Kind.RULE, "The terms cannot be played by. Correct the fields named."),
    REASON_TOO_LONG("reason-too-long", Kind.RULE, "The reason must have at most 1000 characters."),
    REASON_UNSTORABLE("reason-unstorable", Kind.RULE, "The reason must not hold NUL or half a surrogate pair."),
    REASON_MISSING("reason-missing", Kind.RULE, "Say why; the reason is kept."),
    SESSION_PAUSED("session-paused", Kind.WRONG_STATE, "The session is paused. Try again when it has been resumed."),
    NOT_PAUSED("not-paused", Kind.WRONG_STATE, "The session is not paused, so there is nothing to resume."),
    NOT_STARTED("not-started", Kind.WRONG_STATE, "The session has not started yet. Try again when it has."),
    SESSION_ENDED("session-ended", Kind.WRONG_STATE, "The session has ended and takes no more bids. See its result."),
    SESSION_CANCELLED("session-cancelled", Kind.WRONG_STATE, "The session is cancelled. Nothing more happens in it."),
    BIDDER_OUT_OF_RANGE(
            "bidder-out-of-range",
            Kind.RULE,
            "A bidder has a name of 1 to 100 characters and a weight from 0 to 1000."),
    PRICE_OUT_OF_RANGE("price-out-of-range", Kind.RULE, "The price must be from 0.01 to 9999999999.99."),
    BELOW_UPSET_PRICE("below-upset-price", Kind.RULE, "The price must be at least the upset price."),
    MUST_RAISE("must-raise", Kind.RULE, "The price must be above that of your own bid."),
    MUST_BEAT_TOP("must-beat-top", Kind.RULE, "The price must beat the highest price by the least increment."),
    MAXIMUM_TOO_LOW("maximum-too-low", Kind.RULE, "The maximum must be at least your price."),
    NO_PROXY("no-proxy", Kind.RULE, "A max_price needs a session whose rebid_rule is BEAT_TOP."),
    NO_BID("no-bid", Kind.UNKNOWN, "This member has no bid in the session."),
    NOT_SETTLED("not-settled", Kind.WRONG_STATE, "The session is not settled yet. Its result comes with its end."),
    PAGE_OUT_OF_RANGE(
            "page-out-of-range", Kind.MALFORMED, "Read from 0 on, at most 100 at once, neighbours at most 25.");

    private final Words words;

    BiddingRejection(String name, Kind kind, String detail) {
        this.words = new Words("bidding." + name, kind, detail);
    }

    @Override
    public Words words() {
        return words;
    }
}
