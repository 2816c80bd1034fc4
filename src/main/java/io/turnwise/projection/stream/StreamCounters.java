package io.turnwise.projection.stream;

import java.util.concurrent.atomic.LongAdder;

/** What has been sent and taken since the start, for whoever shows it. */
public final class StreamCounters {

    final LongAdder publishedSum = new LongAdder();
    final LongAdder processedSum = new LongAdder();
    final LongAdder duplicatesSum = new LongAdder();
    final LongAdder errorsSum = new LongAdder();
    final LongAdder retriesSum = new LongAdder();
    final LongAdder deadLettersSum = new LongAdder();
    final LongAdder refilledSum = new LongAdder();

    /** Messages that were added to streams, those that were sent again included. */
    public long published() {
        return publishedSum.sum();
    }

    /** Messages whose effect was made. */
    public long processed() {
        return processedSum.sum();
    }

    /** Messages whose effect was there already. */
    public long duplicates() {
        return duplicatesSum.sum();
    }

    /** Attempts that failed. */
    public long errors() {
        return errorsSum.sum();
    }

    /** Attempts after a failed one. */
    public long retries() {
        return retriesSum.sum();
    }

    /** Messages that were stored as dead letters, those parked behind another included. */
    public long deadLetters() {
        return deadLettersSum.sum();
    }

    /** How often a stream was filled anew. */
    public long refilled() {
        return refilledSum.sum();
    }
}
