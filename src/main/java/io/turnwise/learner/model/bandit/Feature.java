package io.turnwise.learner.model.bandit;

import com.google.errorprone.annotations.Immutable;
import io.turnwise.learner.model.state.Cognition;
import io.turnwise.learner.model.strategy.Difficulty;
import io.turnwise.learner.model.strategy.Strategy;

/**
 * One number of the vector that LinUCB sees, with its label: the only definition of both.
 *
 * <p>Order, labels and formulas belong to {@link FeatureVector#VERSION}; who changes any of them gives a new one.
 */
public enum Feature {
    ATTENTION("state.attention", (s, p) -> s.state().attention()),
    FATIGUE("state.fatigue", (s, p) -> s.state().fatigue()),
    MEMORY("state.memory", (s, p) -> cognition(s).memory()),
    SPEED("state.speed", (s, p) -> cognition(s).speed()),
    MOTIVATION("state.motivation", (s, p) -> s.state().motivation()),
    ERROR_RATE("error_rate", (s, p) -> s.errorRate()),
    INTERVAL_SCALE("interval_scale", (s, p) -> interval(p)),
    NEW_RATIO("new_ratio", (s, p) -> p.newRatio()),
    DIFFICULTY("difficulty", (s, p) -> p.difficulty().value()),
    BATCH_SIZE("batch_size", (s, p) -> within(p.batchSize() / 20.0, .5, 1.5)),
    HINT_LEVEL("hint_level", (s, p) -> hint(p)),
    FATIGUE_INTERVAL("fatigue*interval_scale", (s, p) -> s.state().fatigue() * interval(p)),
    HOUR_SINE("hour.sine", (s, p) -> s.hourSine()),
    HOUR_COSINE("hour.cosine", (s, p) -> s.hourCosine()),
    DAYTIME("hour.daytime", (s, p) -> s.daytime()),
    ERROR_FATIGUE("error_rate*fatigue", (s, p) -> s.errorRate() * s.state().fatigue()),
    ERROR_INTERVAL("error_rate*interval_scale", (s, p) -> s.errorRate() * interval(p)),
    SLOWNESS_ATTENTION("slowness*attention", (s, p) -> s.rtNorm() * s.state().attention()),
    MEMORY_DIFFICULTY("memory*difficulty", (s, p) -> cognition(s).memory() * (isHard(p) ? .8 : .2)),
    MOTIVATION_NEW_RATIO("motivation*new_ratio", (s, p) -> s.state().motivation() * p.newRatio()),
    DISTRACTION_HINT("distraction*hint_level", (s, p) -> (1 - s.state().attention()) * hint(p)),
    BIAS("bias", (s, p) -> 1);

    @Immutable
    private interface Formula {
        double value(Situation situation, Strategy strategy);
    }

    private final String label;
    private final Formula formula;

    Feature(String label, Formula formula) {
        this.label = label;
        this.formula = formula;
    }

    public String label() {
        return label;
    }

    double value(Situation situation, Strategy strategy) {
        return formula.value(situation, strategy);
    }

    private static Cognition cognition(Situation situation) {
        return situation.state().cognition();
    }

    private static double interval(Strategy strategy) {
        return within(strategy.intervalScale(), .5, 2);
    }

    private static double hint(Strategy strategy) {
        return within(strategy.hintLevel() / 3.0, 0, 1);
    }

    private static boolean isHard(Strategy strategy) {
        return strategy.difficulty() == Difficulty.HARD;
    }

    private static double within(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }
}
