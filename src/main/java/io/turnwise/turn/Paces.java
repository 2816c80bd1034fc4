package io.turnwise.turn;

import java.util.HashMap;
import java.util.Map;

/**
 * Who has lately asked how much, as the generic cell rate algorithm keeps it (ITU-T I.371): one number per caller.
 *
 * <p>Not stored: after a restart everybody has his full burst again.
 */
final class Paces {

    private static final int SWEEP_MIN = 1_000;

    /** Of each caller, when all he has asked would be due at his pace, in epoch microseconds. */
    private final Map<String, Long> dueMicros = new HashMap<>();

    private int sweepAt = SWEEP_MIN;

    /** Whether the caller may ask once more; counted if so. */
    boolean admits(String caller, Pace pace, long nowMillis) {
        long now = nowMillis * 1_000;
        long interval = 1_000_000L / pace.perSecond();
        long due = Math.max(dueMicros.getOrDefault(caller, now), now);
        long ahead = due - now;
        if (ahead > interval * pace.burst()) { // further than anybody gets: the clock was set back
            due = now;
        } else if (ahead > interval * (pace.burst() - 1)) {
            return false;
        }
        dueMicros.put(caller, due + interval);
        if (dueMicros.size() > sweepAt) {
            dueMicros.values().removeIf(each -> each <= now);
            sweepAt = Math.max(SWEEP_MIN, 2 * dueMicros.size());
        }
        return true;
    }
}
