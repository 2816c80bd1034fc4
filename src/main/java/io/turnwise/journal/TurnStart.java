package io.turnwise.journal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the first bytes of a stored turn tell, however long it is.
 *
 * @param version of its first event
 * @param atMillis the stamp of its first entry
 */
record TurnStart(long version, long atMillis) {

    /** More than both take. */
    static final int BYTES = 64;

    private static final Pattern FORM = Pattern.compile("\\{\"version\":(\\d+),\"at\":(-?\\d+),");

    static TurnStart read(byte[] start) {
        Matcher found = FORM.matcher(new String(start, StandardCharsets.UTF_8));
        if (!found.lookingAt()) {
            throw new IllegalArgumentException("A stored turn begins otherwise than turns do");
        }
        return new TurnStart(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)));
    }
}
