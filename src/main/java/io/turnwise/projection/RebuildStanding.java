package io.turnwise.projection;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest rebuild of a projection.
 *
 * @param swaps whether the shadow takes the view's place in the end, or was only to be compared
 * @param turnsDone rows of the journal that the shadow has
 * @param turnsTotal rows that there were at its beginning
 * @param secondsLeft at the pace so far; while it is filling
 * @param onlyBefore rows that only the view had, as it was before; known once they were compared
 * @param onlyAfter rows that only the shadow had
 */
public record RebuildStanding(
        String id,
        State state,
        String startedBy,
        String reason,
        boolean swaps,
        Instant startedAt,
        @Nullable Instant endedAt,
        long turnsDone,
        long turnsTotal,
        @Nullable Double secondsLeft,
        @Nullable Long onlyBefore,
        @Nullable Long onlyAfter,
        @Nullable String error) {

    /** How far it is. */
    public enum State {
        /** A shadow is filled from the journal, beside the view that serves. */
        @JsonProperty("filling")
        FILLING,
        /** The workers wait, and view and shadow are compared. */
        @JsonProperty("comparing")
        COMPARING,
        /** The shadow has taken the view's place. */
        @JsonProperty("swapped")
        SWAPPED,
        /** They were compared, and the view stays. */
        @JsonProperty("compared")
        COMPARED,
        @JsonProperty("cancelled")
        CANCELLED,
        @JsonProperty("failed")
        FAILED,
        /** Its node has not been heard of for a while; it can be started again. */
        @JsonProperty("abandoned")
        ABANDONED;

        boolean isRunning() {
            return this == FILLING || this == COMPARING;
        }
    }
}
