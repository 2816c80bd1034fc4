package io.turnwise.journal;

/**
 * How far an entity's life is told: to a version and to a time, both included; whichever comes first.
 *
 * @param version counts events; it may be amid a row
 * @param atMillis epoch milliseconds, compared with the stamps of events
 */
public record Until(long version, long atMillis) {

    /** To the last row that is committed. */
    public static final Until NEWEST = new Until(Long.MAX_VALUE, Long.MAX_VALUE);

    public static Until version(long version) {
        return new Until(version, Long.MAX_VALUE);
    }

    public static Until time(long atMillis) {
        return new Until(Long.MAX_VALUE, atMillis);
    }

    boolean isNewest() {
        return equals(NEWEST);
    }
}
