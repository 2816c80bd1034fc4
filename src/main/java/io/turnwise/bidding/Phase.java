package io.turnwise.bidding;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a session is in its life. */
enum Phase {
    /** Nobody has scheduled it: there is no such session. */
    @JsonProperty("unscheduled")
    UNSCHEDULED,
    @JsonProperty("scheduled")
    SCHEDULED,
    @JsonProperty("open")
    OPEN,
    /** Open, but nobody can bid and time stands still. */
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("settled")
    SETTLED,
    @JsonProperty("cancelled")
    CANCELLED
}
