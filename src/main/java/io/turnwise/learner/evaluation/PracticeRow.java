package io.turnwise.learner.evaluation;

/**
 * One presentation of a word.
 *
 * @param session counted from 1
 * @param isStudy whether the answer was shown, not asked for
 * @param isRight whether it was answered right; of no matter where it was shown
 * @param atSeconds when it was over, from the start of the session
 * @param rtSeconds from its onset until then
 */
public record PracticeRow(
        String learner,
        int session,
        String word,
        boolean isStudy,
        boolean isRight,
        double atSeconds,
        double rtSeconds) {

    double onsetSeconds() {
        return atSeconds - rtSeconds;
    }

    /** Whoever is shown the answer knows it then. */
    boolean isRecalled() {
        return isStudy || isRight;
    }
}
