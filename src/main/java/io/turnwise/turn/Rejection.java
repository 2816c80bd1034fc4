package io.turnwise.turn;

/** A refusal by name; domains implement it with an enum. */
public interface Rejection {

    /** What sort of refusal it is; {@code http} maps each to one status. */
    enum Kind {
        MALFORMED,
        UNAUTHENTICATED,
        FORBIDDEN,
        UNKNOWN,
        WRONG_STATE,
        STALE_VERSION,
        TOO_LARGE,
        UNSUPPORTED_TYPE,
        RULE,
        TOO_MANY,
        UNAVAILABLE,
        INTERNAL
    }

    /** Stable and dotted: {@code bidding.below-upset-price}. */
    String code();

    Kind kind();

    /** One sentence for people, saying what to do. */
    String detail();
}
