package io.turnwise.learner.model.memory;

/**
 * One time that a word was met.
 *
 * @param atMillis epoch
 * @param rtMillis time taken to answer, not negative
 */
public record Review(long atMillis, boolean recalled, int rtMillis) {

    public Review {
        if (rtMillis < 0) {
            throw new IllegalArgumentException("A time taken is not negative: " + rtMillis);
        }
    }
}
