package io.turnwise.projection;

import io.turnwise.journal.JournalRow;
import java.util.List;

/**
 * A row on its way into a view.
 *
 * @param epoch of the claim under which it was read; it may be stored under no other
 */
record Carried(JournalRow row, long epoch) {

    /** Of a batch, which is never empty and of one claim. */
    static long epoch(List<Carried> batch) {
        return batch.get(0).epoch();
    }

    static List<JournalRow> wanted(List<Carried> batch, View view) {
        return batch.stream().map(Carried::row).filter(view::wants).toList();
    }
}
