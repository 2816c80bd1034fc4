package io.turnwise.turn;

import com.google.errorprone.annotations.Immutable;

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
        UPGRADE_REQUIRED,
        RULE,
        TOO_MANY,
        UNAVAILABLE,
        INTERNAL
    }

    /**
     * What it says.
     *
     * @param code stable and dotted: {@code bidding.below-upset-price}
     * @param detail one sentence for people, saying what to do
     */
    @Immutable
    record Words(String code, Kind kind, String detail) {}

    Words words();

    default String code() {
        return words().code();
    }

    default Kind kind() {
        return words().kind();
    }

    default String detail() {
        return words().detail();
    }
}
