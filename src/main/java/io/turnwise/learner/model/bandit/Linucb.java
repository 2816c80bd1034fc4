package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;
import org.jspecify.annotations.Nullable;

/**
 * A linear model of reward with its uncertainty: Li et al., "A contextual-bandit approach to personalized news article
 * recommendation", 2010; one for all actions, which are in the vector.
 *
 * @param d numbers in a vector
 * @param updates so far
 * @param design A = lambda I + sum of x x', its lower triangle row after row
 * @param response b = sum of reward x
 * @param factor L of A = L L', lower triangle row after row
 */
public record Linucb(int d, double lambda, int updates, Doubles design, Doubles response, Doubles factor) {

    public Linucb {
        int cells = Triangle.size(d);
        if (design.size() != cells || response.size() != d || factor.size() != cells) {
            throw new IllegalArgumentException("These are no matrices for " + d + " features");
        }
    }

    public static Linucb fresh(int d, LinucbSettings settings) {
        return fresh(d, Math.max(settings.lambda(), settings.lambdaMin()));
    }

    private static Linucb fresh(int d, double lambda) {
        return new Linucb(
                d,
                lambda,
                0,
                Doubles.of(Triangle.identity(d, lambda)),
                Doubles.filled(d, 0),
                Doubles.of(Triangle.identity(d, StrictMath.sqrt(lambda))));
    }

    /**
     * A model from elsewhere, made usable: of wrong lengths a fresh one; what is no number is 0; without a factor, or
     * with one that is no number, it is computed.
     */
    public static Linucb restored(
            int d, double lambda, int updates, Doubles design, Doubles response, @Nullable Doubles factor) {
        if (design.size() != Triangle.size(d) || response.size() != d) {
            return fresh(d, lambda);
        }
        double[] a = finite(design.values());
        boolean whole = factor != null && factor.size() == Triangle.size(d) && isFinite(factor.values());
        Doubles l = whole && factor != null ? factor : Doubles.of(Triangle.factorised(a, d, StrictMath.sqrt(lambda)));
        return new Linucb(d, lambda, updates, Doubles.of(a), Doubles.of(finite(response.values())), l);
    }

    /**
     * With one more outcome. An outcome that is no number, or a vector of another length, changes nothing; numbers of
     * the vector that are none count as 0, others are held to their bounds, as the reward to -1..1.
     *
     * @param weight how many times the outcome counts, above 0
     */
    public Linucb updated(double[] vector, double reward, double weight, LinucbSettings settings) {
        if (vector.length != d || !Double.isFinite(reward) || !(weight > 0 && Double.isFinite(weight))) {
            return this;
        }
        double[] x = clamped(vector, settings.featureClamp());
        double worth = Math.min(1, Math.max(-1, reward));
        double[] a = design.values();
        double[] b = response.values();
        double[] l = factor.values();
        Triangle.addOuter(a, x, weight);
        double root = StrictMath.sqrt(weight);
        for (int i = 0; i < d; i++) {
            b[i] += weight * worth * x[i];
            x[i] *= root;
        }
        int next = updates + 1;
        boolean anew = settings.refactorEvery() > 0 && next % settings.refactorEvery() == 0;
        if (anew || !Triangle.update(l, x)) {
            l = Triangle.factorised(a, d, StrictMath.sqrt(lambda));
        }
        return new Linucb(d, lambda, next, Doubles.owning(a), Doubles.owning(b), Doubles.owning(l));
    }

    /** For longer vectors, which begin as before; a model for longer ones than wanted starts afresh. */
    public Linucb upgraded(int wanted) {
        if (wanted == d) {
            return this;
        }
        if (wanted < d) {
            return fresh(wanted, lambda);
        }
        double[] a = Triangle.identity(wanted, lambda);
        System.arraycopy(design.values(), 0, a, 0, design.size());
        double[] l = Triangle.factorised(a, wanted, StrictMath.sqrt(lambda));
        return new Linucb(
                wanted, lambda, updates, Doubles.of(a), FeatureVector.aligned(response, wanted), Doubles.of(l));
    }

    /** What each number of a vector adds to the reward expected. */
    public Doubles weights() {
        return Doubles.of(scores().theta());
    }

    /** How unsure each of the weights is: the root of its place on the diagonal of the inverse of A. */
    public Doubles widths() {
        LinucbScores scores = scores();
        double[] widths = new double[d];
        double[] unit = new double[d];
        for (int i = 0; i < d; i++) {
            unit[i] = 1;
            widths[i] = scores.width(unit);
            unit[i] = 0;
        }
        return Doubles.of(widths);
    }

    /** For many vectors in a row. */
    public LinucbScores scores() {
        double[] l = factor.values();
        double[] theta = response.values();
        Triangle.solveForward(l, theta);
        Triangle.solveBackward(l, theta);
        return new LinucbScores(theta, l);
    }

    private static double[] clamped(double[] vector, double bound) {
        double[] x = new double[vector.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Double.isFinite(vector[i]) ? Math.min(bound, Math.max(-bound, vector[i])) : 0;
        }
        return x;
    }

    private static double[] finite(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.isFinite(values[i]) ? values[i] : 0;
        }
        return values;
    }

    private static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
