package io.turnwise.turn;

import java.util.ArrayList;
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

        /** Only its first events; what it answered was of all of them. */
        private Entry beginning(int count) {
            return new Entry(by, atMillis, events.subList(0, count), null, correlation, traceparent);
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

    /** What of this turn had happened at a version and a time, both included: all, its beginning, or nothing. */
    public Turn upTo(long lastVersion, long lastMillis) {
        List<Entry> happened = new ArrayList<>();
        long left = lastVersion - version + 1;
        for (Entry entry : entries) {
            int count = entry.events().size();
            if (entry.atMillis() > lastMillis || (left <= 0 && count > 0)) {
                break;
            }
            happened.add(count <= left ? entry : entry.beginning((int) left));
            left -= count;
        }
        return new Turn(version, atMillis, wakeAtMillis, tenant, happened);
    }
}
