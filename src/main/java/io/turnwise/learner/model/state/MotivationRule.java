package io.turnwise.learner.model.state;

/**
 * How motivation follows success and failure.
 *
 * @param kept share of the former motivation that stays
 * @param lowAnswers more answers in a row below 0 than this are low motivation of long standing
 */
public record MotivationRule(double kept, double success, double failure, double quit, int lowAnswers) {

    public static final MotivationRule REFERENCE = new MotivationRule(.85, .3, .4, .6, 10);

    /** Motivation, -1 to 1, after an answer, or after giving up on one. */
    public double next(double motivation, boolean correct, boolean gaveUp) {
        double change = (correct ? success : -failure) - (gaveUp ? quit : 0);
        return Bounds.within(kept * motivation + change, -1, 1, motivation);
    }

    public boolean lowForLong(int answersBelowZero) {
        return answersBelowZero > lowAnswers;
    }
}
