package io.turnwise.journal;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot that is kept, without its content.
 *
 * @param sequenceNumber of the row that it follows
 * @param version of the entity in it
 * @param atMillis the newest stamp in it, epoch milliseconds
 * @param reason {@code due}, or what somebody said who wanted it
 * @param by who wanted it; absent where the entity took it by itself
 * @param createdMillis epoch milliseconds
 */
public record KeptSnapshot(
        String persistenceId,
        long sequenceNumber,
        long version,
        long atMillis,
        String reason,
        @Nullable String by,
        long createdMillis,
        long bytes) {}
