package io.turnwise.learner.model.perception;

import io.turnwise.learner.model.numeric.Doubles;

/** The latest response times and dwell times of a user, in milliseconds, the newest last. */
public record Windows(Doubles rtMillis, Doubles dwellMillis) {

    public static final Windows EMPTY = new Windows(Doubles.NONE, Doubles.NONE);

    Windows with(Observation seen, int size) {
        return new Windows(rtMillis.pushed(seen.rtMillis(), size), dwellMillis.pushed(seen.dwellMillis(), size));
    }
}
