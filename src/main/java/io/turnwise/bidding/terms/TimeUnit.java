package io.turnwise.bidding.terms;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In what a session's score counts the time of a bid; by milliseconds the time term has faded after a second. */
public enum TimeUnit {
    @JsonProperty("milliseconds")
    MILLISECONDS(1),
    @JsonProperty("seconds")
    SECONDS(1000);

    private final long millis;

    TimeUnit(long millis) {
        this.millis = millis;
    }

    /** Whole units, rounded down. */
    long whole(long elapsedMillis) {
        return Math.floorDiv(elapsedMillis, millis);
    }
}
