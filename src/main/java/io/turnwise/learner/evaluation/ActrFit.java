package io.turnwise.learner.evaluation;

import io.turnwise.learner.model.memory.ActrSettings;
import java.util.List;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;

/**
 * Finds the parameters of ACT-R under which attempts went as they did with the least log loss, by BOBYQA: within bounds,
 * without derivatives and without chance.
 *
 * <p>It works on steps from a centre, one step being {@value #DECAY_STEP} of decay, {@value #TAU_STEP} of tau and
 * {@value #S_STEP} of s, so that one radius suits all three and a pull towards the centre weighs all three.
 */
final class ActrFit {

    static final double DECAY_STEP = .1;
    static final double TAU_STEP = .5;
    static final double S_STEP = .2;

    private static final double[] LOWER = {.02, -8, .1};
    private static final double[] UPPER = {1.5, 4, 3};
    private static final double[] STEP = {DECAY_STEP, TAU_STEP, S_STEP};

    private static final int INTERPOLATION_POINTS = 2 * STEP.length + 1;
    private static final double RADIUS_START = .5;
    private static final double RADIUS_END = 1e-4;
    private static final int EVALUATIONS_MAX = 2000;

    private final List<Attempt> attempts;
    private final double[] centre;
    private final double strength;
    private final double[] best;
    private double bestLoss = Double.POSITIVE_INFINITY;

    private ActrFit(List<Attempt> attempts, ActrSettings centre, double strength) {
        this.attempts = attempts;
        this.centre = new double[] {centre.decay(), centre.tau(), centre.s()};
        this.strength = strength;
        this.best = new double[STEP.length];
    }

    /** The parameters of all attempts together; the published ones if there is no attempt. */
    static ActrSettings global(List<Attempt> attempts) {
        return new ActrFit(attempts, ActrSettings.PUBLISHED, 0).run();
    }

    /**
     * The parameters of one learner, drawn to those of all: every step away from them costs {@code strength / 2} times
     * its square, in units of the log loss of one attempt. Without an attempt they are those of all.
     */
    static ActrSettings personal(List<Attempt> attempts, ActrSettings global, double strength) {
        return new ActrFit(attempts, global, strength).run();
    }

    private ActrSettings run() {
        double[] lower = new double[STEP.length];
        double[] upper = new double[STEP.length];
        for (int i = 0; i < STEP.length; i++) {
            lower[i] = (LOWER[i] - centre[i]) / STEP[i];
            upper[i] = (UPPER[i] - centre[i]) / STEP[i];
        }
        if (!attempts.isEmpty()) {
            try {
                var unused = new BOBYQAOptimizer(INTERPOLATION_POINTS, RADIUS_START, RADIUS_END)
                        .optimize(
                                new MaxEval(EVALUATIONS_MAX),
                                new ObjectiveFunction(this::loss),
                                GoalType.MINIMIZE,
                                new InitialGuess(new double[STEP.length]),
                                new SimpleBounds(lower, upper));
            } catch (MathIllegalStateException e) {
                // it can get no further, or has gone on for long enough: the best seen is the answer either way
            }
        }
        return settings(best);
    }

    private double loss(double[] steps) {
        ActrSettings settings = settings(steps);
        double loss = 0;
        for (Attempt attempt : attempts) {
            loss += Score.logLoss(attempt.recall(settings), attempt.isRight());
        }
        for (double step : steps) {
            loss += strength / 2 * step * step;
        }
        if (loss < bestLoss) {
            bestLoss = loss;
            System.arraycopy(steps, 0, best, 0, best.length);
        }
        return loss;
    }

    private ActrSettings settings(double[] steps) {
        double[] at = new double[STEP.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.min(UPPER[i], Math.max(LOWER[i], centre[i] + steps[i] * STEP[i]));
        }
        return new ActrSettings(at[0], at[1], at[2]);
    }
}
