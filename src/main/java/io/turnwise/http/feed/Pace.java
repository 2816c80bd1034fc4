package io.turnwise.http.feed;

import java.time.Duration;

/** How often states are handed out: half as often when the readers do not keep up, twice as often when they do easily. */
final class Pace {

    private final long shortestNanos;
    private final long longestNanos;
    private long intervalNanos;

    Pace(Duration shortest, Duration longest) {
        this.shortestNanos = shortest.toNanos();
        this.longestNanos = longest.toNanos();
        this.intervalNanos = shortestNanos;
    }

    long intervalNanos() {
        return intervalNanos;
    }

    /** Judges by the publication that is now to be followed by the next. */
    void judge(Publication last) {
        long spentNanos = last.spentNanos();
        if (spentNanos < 0) {
            intervalNanos = Math.min(longestNanos, intervalNanos * 2);
        } else if (spentNanos < intervalNanos / 4) {
            intervalNanos = Math.max(shortestNanos, intervalNanos / 2);
        }
    }
}
