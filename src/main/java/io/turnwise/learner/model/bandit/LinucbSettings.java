package io.turnwise.learner.model.bandit;

/**
 * How LinUCB learns and how far it explores.
 *
 * @param lambda ridge of a fresh model, {@code lambdaMin} the least
 * @param featureClamp bound of each number of a vector, in either direction
 * @param refactorEvery updates after which the factor is computed anew; 0 for never
 * @param alphaFirst exploration before {@code answersFirst} answers
 * @param alphaEager from there on, of a user above {@code eagerAccuracy} and below {@code eagerFatigue}, {@code alpha}
 *     of any other
 * @param alphaSettled from {@code answersSettled} answers on
 */
public record LinucbSettings(
        double lambda,
        double lambdaMin,
        double featureClamp,
        int refactorEvery,
        double alphaFirst,
        int answersFirst,
        double alphaEager,
        double eagerAccuracy,
        double eagerFatigue,
        double alpha,
        int answersSettled,
        double alphaSettled) {

    public static final LinucbSettings REFERENCE = new LinucbSettings(1, 1e-3, 50, 200, .5, 15, 2, .75, .5, 1, 50, .7);

    /** How far to explore with a user who has answered so often. */
    public double alpha(int answers, double accuracy, double fatigue) {
        if (answers < answersFirst) {
            return alphaFirst;
        }
        if (answers >= answersSettled) {
            return alphaSettled;
        }
        return accuracy > eagerAccuracy && fatigue < eagerFatigue ? alphaEager : alpha;
    }
}
