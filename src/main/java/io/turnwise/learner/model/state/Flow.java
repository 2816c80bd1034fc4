package io.turnwise.learner.model.state;

/** How a user gets along with what is asked. */
public enum Flow {
    FLOW,
    NORMAL,
    ANXIETY,
    BOREDOM,
    /** Too few answers to say. */
    UNKNOWN
}
