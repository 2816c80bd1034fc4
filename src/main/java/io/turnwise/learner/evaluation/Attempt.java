package io.turnwise.learner.evaluation;

import io.turnwise.learner.model.memory.ActR;
import io.turnwise.learner.model.memory.ActrSettings;

/** One test of a word that was presented before, with what was known at its onset. */
public final class Attempt {

    private final String learner;
    private final int session;
    private final double[] agesSeconds;
    private final boolean[] recalled;
    private final boolean isRight;

    /** Takes the arrays over. */
    Attempt(String learner, int session, double[] agesSeconds, boolean[] recalled, boolean isRight) {
        this.learner = learner;
        this.session = session;
        this.agesSeconds = agesSeconds;
        this.recalled = recalled;
        this.isRight = isRight;
    }

    String learner() {
        return learner;
    }

    int session() {
        return session;
    }

    boolean isRight() {
        return isRight;
    }

    double recall(ActrSettings settings) {
        return ActR.recall(agesSeconds, recalled, settings);
    }
}
