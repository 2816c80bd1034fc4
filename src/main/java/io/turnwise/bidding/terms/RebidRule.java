package io.turnwise.bidding.terms;

/** What a further bid must do; the latest accepted bid of a member is the one that counts. */
public enum RebidRule {
    /** Replaces the own bid, up or down. */
    REPLACE,
    /** Must be above the own bid. */
    RAISE_ONLY,
    /** Must be above the highest standing price, whoever's it is. */
    BEAT_TOP
}
