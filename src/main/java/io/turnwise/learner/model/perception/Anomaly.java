package io.turnwise.learner.model.perception;

/** An answer that says nothing about who gave it; nothing is learned from it. */
public record Anomaly(Reason reason) implements Reading {

    /** Which of the answer's measures is out of the question. */
    public enum Reason {
        RESPONSE_TIME,
        DWELL_TIME,
        TIMESTAMP,
        FOCUS_LOSS,
        PAUSE_COUNT,
        SWITCH_COUNT,
        RETRY_COUNT,
        INTERACTION_DENSITY,
        PAUSED_TIME
    }
}
