package io.turnwise.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a token's owner may do beyond what every member may. */
public enum Role {
    @JsonProperty("member")
    MEMBER,
    /** Bids for others. */
    @JsonProperty("broker")
    BROKER,
    /** Another program of the operator's. */
    @JsonProperty("service")
    SERVICE,
    @JsonProperty("admin")
    ADMIN;

    /** As claims and bodies have it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
