package io.turnwise.cli.replay;

/** Which bids of a member who has one already are taken; by the names the API has for them. */
enum Rule {
    /** Every one, in place of the former. */
    REPLACE,
    /** A higher one than his own. */
    RAISE_ONLY,
    /** A higher one than the highest of all. */
    BEAT_TOP
}
