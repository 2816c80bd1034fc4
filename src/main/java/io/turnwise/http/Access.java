package io.turnwise.http;

/** Who may call an endpoint. */
public enum Access {
    /** Everybody. */
    PUBLIC,
    /** Everybody while {@code turnwise.http.public-reads} is on, and then as tenant {@code default}; members otherwise. */
    READER,
    /** Whoever has a valid token. */
    MEMBER,
    /**
     * Roles {@code service} and {@code admin} of tenant {@code default}, for what is about the node and so about all
     * tenants; everybody while {@code turnwise.http.public-metrics} is on.
     */
    OPERATOR,
    /** Role {@code admin}. */
    ADMIN
}
