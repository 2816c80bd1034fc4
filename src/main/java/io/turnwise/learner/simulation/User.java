package io.turnwise.learner.simulation;

import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.perception.Observation;

/** A made-up user as one policy meets it; for one thread, as what is served may change it. Decisions count from 0. */
interface User {

    /**
     * An answer.
     *
     * @param recall that the learner predicts for its word, 0 to 1
     */
    record Answer(Observation seen, double recall) {}

    /** The answer to what was served; asked once for each decision, in order. */
    Answer answer(int decision, Choice served);

    /**
     * What that is worth, -1 to 1.
     *
     * @param after the mind that has taken in the answer
     */
    double reward(int decision, Choice served, Observation seen, Mind after);

    /** What serving this is worth on the average, before it is served. */
    double expected(int decision, Choice served, Mind before);
}
