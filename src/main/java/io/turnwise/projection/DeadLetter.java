package io.turnwise.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entity whose turns wait because a view could not take one of them. The turns themselves are in the journal.
 *
 * @param persistenceId of the entity
 * @param sequenceNumber of the turn that failed
 * @param version of that turn's first event
 * @param turnsWaiting that turn and the later ones of its entity
 * @param cause the same for all that failed alike
 * @param error of the last attempt
 * @param attempts by the worker, before it was parked
 * @param retries by operators since
 */
public record DeadLetter(
        long id,
        String projection,
        String persistenceId,
        long sequenceNumber,
        long version,
        long turnsWaiting,
        String errorType,
        String cause,
        String error,
        int attempts,
        int retries,
        Instant failedAt,
        Instant triedAt) {

    /** As the metrics and the documentation name it. */
    public static final String PROCESSING_ERROR = "processing_error";

    /**
     * Which are wanted.
     *
     * @param entity a persistence id
     * @param since failed at or after that
     * @param until failed before that
     */
    public record Filter(
            @Nullable String projection,
            @Nullable String entity,
            @Nullable String cause,
            @Nullable Instant since,
            @Nullable Instant until) {}

    /** How many failed alike. */
    public record Group(
            String projection, String cause, long entities, Instant firstAt, Instant lastAt, long exampleId) {}

    /**
     * What came of a retry.
     *
     * @param turnsApplied carried into the view, in order
     * @param isSettled whether nothing of the entity waits any more
     * @param error why it stopped
     * @param isDryRun whether all of it was undone
     */
    public record Retried(
            long id,
            String projection,
            String persistenceId,
            long turnsApplied,
            boolean isSettled,
            @Nullable String error,
            boolean isDryRun) {}
}
