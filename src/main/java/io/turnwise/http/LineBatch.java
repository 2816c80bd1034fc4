package io.turnwise.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of a body, in order.
 *
 * @param ending why nothing comes after them although the client has not said that it is done; null when more may come
 */
public record LineBatch(List<Line> lines, @Nullable Ending ending) {

    /**
     * One line that is not blank, as a stretch of bytes without its end.
     *
     * @param number of the line in the body, from 1, blank ones counted
     * @param isTooLong whether it was skipped; then it has no bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // not copied: lines share one buffer, and nobody compares them
    public record Line(long number, byte[] bytes, int from, int length, boolean isTooLong) {}

    /** How a body ends that does not end well; an unfinished line before it is no line. */
    public enum Ending {
        /** Nothing came for too long. */
        IDLE,
        /** The body breaks off, or is not framed as HTTP has it. */
        BROKEN,
        /** The node stops. */
        STOPPING
    }
}
