package io.turnwise.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One journal row: what one turn decided, in order.
 *
 * @param version of the first event in it
 * @param atMillis the stamp of its first entry
 * @param wakeAtMillis when the entity next wants to be woken, or {@link Definition#NEVER}
 */
public record Turn(long version, long atMillis, long wakeAtMillis, String tenant, List<Entry> entries)
        implements Written {

    /**
     * One accepted command.
     *
     * @param remembered present when the command had a key
     */
    public record Entry(
            String by,
            long atMillis,
            List<? extends Event<?>> events,
            @Nullable Remembered remembered,
            @Nullable String correlation,
            @Nullable String traceparent) {

        Entry withRemembered(Remembered answer) {
            return new Entry(by, atMillis, events, answer, correlation, traceparent);
        }
    }

    /**
     * What repeats an answer.
     *
     * @param contentHash of the command's content; the same key with another is refused
     */
    public record Remembered(String key, String contentHash, Object answer) {}

    /** The entity's version after this turn. */
    public long lastVersion() {
        long last = version - 1;
        for (Entry entry : entries) {
            last += entry.events().size();
        }
        return last;
    }
}
