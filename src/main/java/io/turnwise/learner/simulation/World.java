package io.turnwise.learner.simulation;

import io.turnwise.learner.model.Settings;

/** A kind of users. */
interface World {

    String name();

    /** The user of a seed, as at the beginning; policies are believed to be run with these settings. */
    User user(long seed, Settings settings);
}
