package io.turnwise.projection;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one projection stands, all of it from the database, so that one that does nothing shows as well.
 *
 * @param name of its view
 * @param store where the view is: {@code postgres}, or {@code elsewhere}
 * @param state the worst of its workers'
 * @param lagTurns rows of the journal that it has yet to read
 * @param lagIsAtLeast there may be more: not all were counted
 * @param lagSeconds age of the oldest of them; 0 if there is none
 * @param deadLetters entities whose turns wait because one failed
 * @param actions what operators did, the newest first; only where one projection is asked for
 */
public record ProjectionStanding(
        String name,
        String store,
        State state,
        long lagTurns,
        boolean lagIsAtLeast,
        double lagSeconds,
        long deadLetters,
        List<Worker> workers,
        @Nullable RebuildStanding rebuild,
        @Nullable List<Action> actions) {

    /** From well to worst. */
    public enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("paused")
        PAUSED,
        /** There is something to read, but its offset has not moved for {@code turnwise.projection.stuck-after}. */
        @JsonProperty("stuck")
        STUCK,
        /** The last batch failed; it is tried again and again. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * One worker.
     *
     * @param slices {@code 0-511}
     * @param epoch how often it has been claimed
     * @param owner the node that has it
     * @param offset {@code transaction:ordering} of the row read last
     * @param error of the last batch, if that failed
     */
    public record Worker(
            String slices,
            State state,
            long epoch,
            @Nullable String owner,
            @Nullable Instant claimedAt,
            @Nullable String offset,
            @Nullable Instant movedAt,
            long lagTurns,
            boolean lagIsAtLeast,
            double lagSeconds,
            @Nullable String error,
            @Nullable Instant failedAt) {}

    /** What an operator did. */
    public record Action(
            Instant at,
            String by,
            String action,
            String reason,
            @Nullable String detail) {}
}
