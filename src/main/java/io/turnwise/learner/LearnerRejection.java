package io.turnwise.learner;

import io.turnwise.turn.Rejection;

/** What is refused about learners. */
enum LearnerRejection implements Rejection {
    UNKNOWN_LEARNER(
            "unknown-learner", Kind.UNKNOWN, "Nothing is known of this learner. Send a first answer to learn from."),
    UNKNOWN_WORD("unknown-word", Kind.UNKNOWN, "This learner has not met this word yet."),
    UNKNOWN_DECISION("unknown-decision", Kind.UNKNOWN, "This learner was never served such a decision."),
    OTHER_EPOCH(
            "other-epoch",
            Kind.WRONG_STATE,
            "The learner was reset since, or will be: this belongs to another epoch than the one in force."),
    REWARD_EXPIRED(
            "reward-expired",
            Kind.WRONG_STATE,
            "The decision is no longer waited for: its later outcome is known, or it has expired."),
    TOO_MANY_REWARDS(
            "too-many-rewards",
            Kind.RULE,
            "As many rewards of pending decisions are remembered as can be. Wait until some are settled."),
    TOO_MANY_WORDS("too-many-words", Kind.RULE, "A learner has at most 20,000 words."),
    PAST_BEING_READ(
            "past-being-read",
            Kind.TOO_MANY,
            "The past of this learner is being read for another request. Wait for its answer, then try again."),
    PAST_TOO_LONG(
            "past-too-long",
            Kind.UNAVAILABLE,
            "The past of this learner could not be read in the time that there is. Try again when less is going on.");

    private final Words words;

    LearnerRejection(String name, Kind kind, String detail) {
        this.words = new Words("learner." + name, kind, detail);
    }

    @Override
    public Words words() {
        return words;
    }
}
