package io.turnwise.learner;

/** Why a fallback is served. */
enum Degradation {
    /** The answer is one that nobody gives. */
    DEGRADED_STATE,
    /** There was no answer in time. */
    TIMEOUT,
    /** The journal is known to be away. */
    CIRCUIT_OPEN
}
