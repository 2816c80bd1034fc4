package io.turnwise.projection.stream;

import java.util.concurrent.atomic.LongAdder;

/** What has been sent and taken since the start, for whoever shows it. */
public final class StreamCounters {

    final LongAdder published = new LongAdder();
    final LongAdder processed = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder deadLetters = new LongAdder();
    final LongAdder refilled = new LongAdder();

    /** Messages that were added to streams, those that were sent again included. */
    public long published() {
        return published.sum();
    }

    /** Messages whose effect was made. */
    public long processed() {
        return processed.sum();
    }

    /** Messages whose effect was there already. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Attempts that failed. */
    public long errors() {
        return errors.sum();
    }

    /** Attempts after a failed one. */
    public long retries() {
        return retries.sum();
    }

    /** Messages that were stored as dead letters, those parked behind another included. */
    public long deadLetters() {
        return deadLetters.sum();
    }

    /** How often a stream was filled anew. */
    public long refilled() {
        return refilled.sum();
    }
}
