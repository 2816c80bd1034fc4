package io.turnwise.learner;

import io.turnwise.learner.PastDecisions.Past;
import io.turnwise.learner.model.state.Cognition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much a learner has grown in the days up to his latest answer; listens to his decisions.
 *
 * <p>What he was is what was believed at the end of the last day before those days, or after his first answer where he
 * began within them. Only the epoch in force counts: what was believed before a reset is forgotten. Days are those of UTC.
 */
final class Growth {

    /**
     * What was believed at one time.
     *
     * @param atMillis epoch, of the answer after which it was
     * @param answers in the epoch so far
     */
    record Point(long atMillis, Cognition cognition, int answers) {}

    /**
     * The two ends, the same where there was one answer.
     *
     * @param answers between them, or all where he began within the days
     */
    record Found(int days, Point past, Point present, int answers) {}

    private final int days;
    private final TreeMap<LocalDate, Point> lastOfDay = new TreeMap<>();
    private @Nullable Point first;

    Growth(int days) {
        this.days = days;
    }

    /** Takes all: it is the latest that count. */
    boolean hears(Past decision) {
        if (decision.answer() == null) {
            lastOfDay.clear();
            first = null;
            return true;
        }
        long given = decision.answer().seen().atMillis();
        Long latest = decision.mind().student().lastAtMillis(); // never goes back, as the time of a late answer does
        Point point = new Point(
                latest == null ? given : latest,
                decision.state().cognition(),
                decision.mind().student().answers());
        lastOfDay.put(dayOf(point), point);
        if (first == null) {
            first = point;
        }
        forgetEarlier();
        return true;
    }

    /** Of the days before the range only the last matters. */
    private void forgetEarlier() {
        LocalDate start = dayBefore();
        while (lastOfDay.size() > 1
                && !lastOfDay.higherKey(lastOfDay.firstKey()).isAfter(start)) {
            lastOfDay.pollFirstEntry();
        }
    }

    private LocalDate dayBefore() {
        return lastOfDay.lastKey().minusDays(days);
    }

    private static LocalDate dayOf(Point point) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(point.atMillis()), ZoneOffset.UTC);
    }

    /** Empty where nothing was answered. */
    Optional<Found> found() {
        if (first == null) {
            return Optional.empty();
        }
        Map.Entry<LocalDate, Point> before = lastOfDay.floorEntry(dayBefore());
        Point present = lastOfDay.lastEntry().getValue();
        return Optional.of(
                before == null
                        ? new Found(days, first, present, present.answers())
                        : new Found(
                                days,
                                before.getValue(),
                                present,
                                present.answers() - before.getValue().answers()));
    }
}
