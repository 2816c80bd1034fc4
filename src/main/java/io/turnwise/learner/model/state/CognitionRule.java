package io.turnwise.learner.model.state;

/**
 * How cognition follows from answers: what the last one shows, and what shows over a long time.
 *
 * @param longKept share of the long view that an answer leaves
 * @param blendAnswers after how many answers about two thirds of the belief are the long view
 * @param fastMillis response time that counts as full speed, halved where it doubles
 * @param rtMillisMin faster than this is not believed
 * @param varianceMax of the errors, at which stability is 0
 */
public record CognitionRule(
        double longKept, double blendAnswers, double fastMillis, double rtMillisMin, double varianceMax) {

    public static final CognitionRule REFERENCE = new CognitionRule(.98, 50, 5000, 1000, .25);

    /** What one answer shows; {@code errorRate} is of the answers before it. */
    public Cognition shown(boolean correct, double rtMillis, double errorRate) {
        double variance = errorRate * (1 - errorRate);
        return new Cognition(
                correct ? 1 : 0,
                fastMillis / Math.max(rtMillis, rtMillisMin),
                1 - Bounds.share(variance / varianceMax, 0));
    }

    /** The long view with an answer in it. */
    public Cognition longTerm(Cognition before, Cognition shown) {
        return before.mixed(longKept, shown);
    }

    /** What is believed after so many answers, the last one included. */
    public Cognition believed(Cognition longTerm, Cognition shown, int answers) {
        return longTerm.mixed(1 - StrictMath.exp(-answers / blendAnswers), shown);
    }
}
