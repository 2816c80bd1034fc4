package io.turnwise.projection;

/** What operators are told of a failure. */
final class Causes {

    private static final int ERROR_CHARS_MAX = 2_000;
    private static final int CAUSE_CHARS_MAX = 200;

    private Causes() {}

    /** Its first line; Postgres says in others what stands in the row. */
    static String error(Throwable failure) {
        Throwable innermost = innermost(failure);
        return cut(innermost.getClass().getName() + ": " + firstLine(innermost), ERROR_CHARS_MAX);
    }

    /** The same for all failures of one kind: without numbers and values in quotes, by which dead letters are grouped. */
    static String kind(Throwable failure) {
        Throwable innermost = innermost(failure);
        String first = firstLine(innermost).replaceAll("'[^']*'", "*").replaceAll("\\d+", "#");
        return cut(innermost.getClass().getSimpleName() + ": " + first, CAUSE_CHARS_MAX);
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int line = message.indexOf('\n');
        return line < 0 ? message : message.substring(0, line);
    }

    private static Throwable innermost(Throwable failure) {
        Throwable each = failure;
        while (each.getCause() != null && each.getCause() != each) {
            each = each.getCause();
        }
        return each;
    }

    private static String cut(String text, int charsMax) {
        String stored = text.replace('\0', ' ');
        return stored.length() <= charsMax ? stored : stored.substring(0, charsMax);
    }
}
