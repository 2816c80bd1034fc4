package io.turnwise.learner.model;

/** Who chose what is served. */
public enum Source {
    /** Nobody: a user begins with it. */
    BEGINNING,
    /** Cold start, to learn what kind of learner the user is. */
    PROBE,
    /** Cold start, which knows that. */
    SETTLED,
    /** The members. */
    ENSEMBLE
}
