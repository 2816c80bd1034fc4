package io.turnwise.bidding.terms;

/** What people write. */
public final class Wording {

    private Wording() {}

    /** Whether every store can keep it: Postgres takes neither a NUL nor half of a surrogate pair. */
    public static boolean isStorable(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }
}
