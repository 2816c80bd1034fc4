package io.turnwise.cli.csv;

import java.io.PrintWriter;
import java.util.List;

/**
 * A line that was left out.
 *
 * @param line counted from 1, the names of the columns included
 * @param why what is wrong with it
 */
public record Unreadable(long line, String why) {

    private static final int SHOWN_MAX = 20;

    /** Names the first of them, and how many more there are. */
    public static void print(List<Unreadable> unreadable, PrintWriter out) {
        unreadable.stream()
                .limit(SHOWN_MAX)
                .forEach(line -> out.printf("Line %d is left out: %s%n", line.line(), line.why()));
        int more = unreadable.size() - SHOWN_MAX;
        if (more > 0) {
            out.printf("%d more lines are left out%n", more);
        }
        out.flush();
    }
}
