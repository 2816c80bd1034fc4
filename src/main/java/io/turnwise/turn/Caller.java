package io.turnwise.turn;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a command comes.
 *
 * @param by the authenticated subject
 * @param key the Idempotency-Key, if the write has one
 * @param contentHash of the command's content; present exactly when the key is
 * @param ifVersion the version the entity must have, or {@link #ANY_VERSION}
 * @param correlation the request id
 * @param traceparent W3C trace context as it came
 * @param unpaced whether no {@link Pace} holds for him
 */
public record Caller(
        String by,
        @Nullable String key,
        @Nullable String contentHash,
        long ifVersion,
        @Nullable String correlation,
        @Nullable String traceparent,
        boolean unpaced) {

    public static final long ANY_VERSION = -1;

    /** The kernel itself: openings, settlements, wake-ups. */
    public static final String SYSTEM = "turnwise";

    public static Caller of(String by) {
        return new Caller(by, null, null, ANY_VERSION, null, null, false);
    }

    public Caller withKey(String newKey, String newContentHash) {
        return new Caller(by, newKey, newContentHash, ifVersion, correlation, traceparent, unpaced);
    }

    public Caller withIfVersion(long version) {
        return new Caller(by, key, contentHash, version, correlation, traceparent, unpaced);
    }

    public Caller withoutPace() {
        return new Caller(by, key, contentHash, ifVersion, correlation, traceparent, true);
    }
}
