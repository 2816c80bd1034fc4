package io.turnwise.bidding.terms;

import io.turnwise.bidding.terms.SessionTerms.Problem;
import java.util.List;

/**
 * Who is overtaken in the last moments gets time to answer: a bid within the window that changes who wins moves the end.
 *
 * @param windowSeconds before the end, from 1 to 3600
 * @param extendSeconds by which the end moves each time, from 1 to 3600
 * @param maxExtensions in force at the same time, from 1 to 1000
 */
public record AntiSnipe(int windowSeconds, int extendSeconds, int maxExtensions) {

    private static final int SECONDS_MAX = 3_600;
    private static final int EXTENSIONS_MAX = 1_000;

    void addProblems(List<Problem> found) {
        addOutside(found, "window_seconds", windowSeconds, SECONDS_MAX);
        addOutside(found, "extend_seconds", extendSeconds, SECONDS_MAX);
        addOutside(found, "max_extensions", maxExtensions, EXTENSIONS_MAX);
    }

    private static void addOutside(List<Problem> found, String field, int value, int max) {
        if (value < 1 || value > max) {
            found.add(new Problem("anti_snipe." + field, field + " must be from 1 to " + max + "."));
        }
    }

    /** Whether a bid comes late enough to move the end. */
    public boolean isWithinWindow(long atMillis, long endsAtMillis) {
        return endsAtMillis - atMillis <= windowSeconds * 1000L;
    }

    public long extendMillis() {
        return extendSeconds * 1000L;
    }

    /** By how much all extensions together can move an end. */
    long longestMillis() {
        return extendMillis() * maxExtensions;
    }
}
