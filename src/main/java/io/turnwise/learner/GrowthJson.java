package io.turnwise.learner;

import io.turnwise.learner.model.state.Cognition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much a learner has grown, as it looks over HTTP.
 *
 * @param range days, up to the latest answer
 * @param answers in the range
 */
record GrowthJson(int range, int answers, PointJson past, PointJson current, ChangesJson changes) {

    record PointJson(Instant at, double memory, double speed, double stability) {
        static PointJson of(Growth.Point point) {
            Cognition cognition = point.cognition();
            return new PointJson(
                    Instant.ofEpochMilli(point.atMillis()),
                    cognition.memory(),
                    cognition.speed(),
                    cognition.stability());
        }
    }

    /**
     * One change.
     *
     * @param percent of what it was; absent where that was nothing
     */
    record ChangeJson(double value, @Nullable Double percent, String direction) {

        /** Less than this is none. */
        private static final double FLAT = .005;

        static ChangeJson of(double past, double current) {
            double value = current - past;
            return new ChangeJson(
                    value,
                    past == 0 ? null : (Double) (100 * value / past),
                    Math.abs(value) < FLAT ? "flat" : value > 0 ? "up" : "down");
        }
    }

    record ChangesJson(ChangeJson memory, ChangeJson speed, ChangeJson stability) {
        static ChangesJson of(Cognition past, Cognition current) {
            return new ChangesJson(
                    ChangeJson.of(past.memory(), current.memory()),
                    ChangeJson.of(past.speed(), current.speed()),
                    ChangeJson.of(past.stability(), current.stability()));
        }
    }

    static GrowthJson of(Growth.Found found) {
        return new GrowthJson(
                found.days(),
                found.answers(),
                PointJson.of(found.past()),
                PointJson.of(found.present()),
                ChangesJson.of(found.past().cognition(), found.present().cognition()));
    }
}
