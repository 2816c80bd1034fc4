package io.turnwise.http.feed;

import java.time.Duration;

/**
 * How often states are handed out: half as often when that takes most of the time, twice as often when it takes little of it. What
 * thousands of readers cost is then bounded, and bids have the rest.
 */
final class Pace {

    private static final int SPREAD = 5;

    private final long shortestNanos;
    private final long longestNanos;
    private long intervalNanos;

    Pace(Duration shortest, Duration longest) {
        this.shortestNanos = shortest.toNanos();
        this.longestNanos = longest.toNanos();
        this.intervalNanos = shortestNanos;
    }

    /** Over how long a state is spread when its readers are many. */
    long spreadNanos() {
        return intervalNanos / SPREAD;
    }

    /** How long the next is still to wait; a little early is in time, as the next chance may come late. */
    long restNanos(Publication last, long nowNanos) {
        long sinceNanos = nowNanos - last.startedNanos();
        if (sinceNanos >= intervalNanos - intervalNanos / 4 && !last.isJudged()) {
            judge(last);
        }
        return intervalNanos - intervalNanos / 4 - sinceNanos;
    }

    private void judge(Publication last) {
        last.judged();
        long spentNanos = last.spentNanos();
        if (spentNanos < 0 || spentNanos > intervalNanos / 2) {
            intervalNanos = Math.min(longestNanos, intervalNanos * 2);
        } else if (spentNanos < intervalNanos / 4) { // half the interval would have done
            intervalNanos = Math.max(shortestNanos, intervalNanos / 2);
        }
    }
}
