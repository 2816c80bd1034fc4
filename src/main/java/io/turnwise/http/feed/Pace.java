package io.turnwise.http.feed;

import java.time.Duration;

/**
 * How often states are handed out: so often that all readers together get no more than is allowed in a second, half as often when that
 * takes longer than the time between two, twice as often when half of it would do. What thousands of readers cost is then bounded,
 * and bids have the rest.
 */
final class Pace {

    private final long shortestNanos;
    private final long longestNanos;
    private final int perSecond;
    private long tempoNanos;
    private long boundNanos;

    /**
     * Begins with the shortest interval.
     *
     * @param perSecond states for single readers
     */
    Pace(Duration shortest, Duration longest, int perSecond) {
        this.shortestNanos = shortest.toNanos();
        this.longestNanos = longest.toNanos();
        this.perSecond = perSecond;
        this.tempoNanos = shortestNanos;
    }

    /** How many the next state is for. */
    void readers(int count) {
        boundNanos = Math.min(longestNanos, count * 1_000_000_000L / perSecond);
    }

    private long intervalNanos() {
        return Math.max(tempoNanos, boundNanos);
    }

    /** Over how long a state is spread when its readers are many: half of the time that is theirs. */
    long spreadNanos() {
        return Math.max(1, boundNanos / 2);
    }

    /** How long the next is still to wait; a little early is in time, as the next chance may come late. */
    long restNanos(Publication last, long nowNanos) {
        long restNanos = restAfter(last, nowNanos);
        if (restNanos > 0 || last.isJudged()) {
            return restNanos;
        }
        judge(last);
        return restAfter(last, nowNanos);
    }

    private long restAfter(Publication last, long nowNanos) {
        return last.startedNanos() + intervalNanos() - shortestNanos / 4 - nowNanos;
    }

    private void judge(Publication last) {
        last.judged();
        long spentNanos = last.spentNanos();
        if (spentNanos < 0 || spentNanos > intervalNanos()) {
            tempoNanos = Math.min(longestNanos, intervalNanos() * 2);
        } else if (spentNanos < tempoNanos / 2) {
            tempoNanos = Math.max(shortestNanos, tempoNanos / 2);
        }
    }
}
