package io.turnwise.learner.model.strategy;

import io.turnwise.learner.model.state.Trend;
import io.turnwise.learner.model.state.UserState;
import java.util.ArrayList;
import java.util.List;

/**
 * What keeps a user from being asked too much.
 *
 * <p>Trend comes first, then attention, motivation and fatigue. Only trend and fatigue can be at odds, in the interval
 * scale; fatigue, the later, wins.
 */
public record Guardrails(
        double highFatigue,
        double extremeFatigue,
        double lowMotivation,
        double veryLowMotivation,
        double lowAttention) {

    public static final Guardrails REFERENCE = new Guardrails(.6, .8, -.3, -.5, .3);

    private static final Limit DOWN = Limit.newRatio(.1).onlyEasy().intervalAtMost(.7);
    private static final Limit STUCK = Limit.newRatio(.15);
    private static final Limit DISTRACTED = Limit.newRatio(.15).batch(6).hint(1);
    private static final Limit UNWILLING = Limit.newRatio(.2).onlyEasy().hint(1);
    private static final Limit FRUSTRATED = Limit.newRatio(.1).batch(5).hint(2);
    private static final Limit TIRED = Limit.newRatio(.2).batch(8).intervalAtLeast(1);
    private static final Limit EXHAUSTED =
            Limit.newRatio(.1).onlyEasy().batch(5).hint(1);

    /** What may be served in its place. */
    public Guarded guarded(Strategy wanted, UserState state) {
        List<Guardrail> applied = new ArrayList<>(0);
        Strategy strategy = wanted;
        for (Guardrail guardrail : Guardrail.values()) {
            Strategy next = holds(guardrail, state) ? limit(guardrail).applied(strategy) : strategy;
            if (!next.equals(strategy)) {
                applied.add(guardrail);
                strategy = next;
            }
        }
        return new Guarded(strategy, applied);
    }

    public BreakAdvice advice(UserState state) {
        if (state.fatigue() > extremeFatigue) {
            return BreakAdvice.FORCED;
        }
        return state.fatigue() > highFatigue ? BreakAdvice.SUGGESTED : BreakAdvice.NONE;
    }

    /** Whether a user is in a state that nobody should be learning in. */
    public boolean danger(UserState state) {
        return state.fatigue() > extremeFatigue
                || state.motivation() < veryLowMotivation
                || state.attention() < lowAttention;
    }

    private boolean holds(Guardrail guardrail, UserState state) {
        return switch (guardrail) {
            case TREND_DOWN -> state.trend() == Trend.DOWN;
            case TREND_STUCK -> state.trend() == Trend.STUCK;
            case LOW_ATTENTION -> state.attention() < lowAttention;
            case LOW_MOTIVATION -> state.motivation() < lowMotivation;
            case VERY_LOW_MOTIVATION -> state.motivation() < veryLowMotivation;
            case HIGH_FATIGUE -> state.fatigue() > highFatigue;
            case EXTREME_FATIGUE -> state.fatigue() > extremeFatigue;
        };
    }

    private static Limit limit(Guardrail guardrail) {
        return switch (guardrail) {
            case TREND_DOWN -> DOWN;
            case TREND_STUCK -> STUCK;
            case LOW_ATTENTION -> DISTRACTED;
            case LOW_MOTIVATION -> UNWILLING;
            case VERY_LOW_MOTIVATION -> FRUSTRATED;
            case HIGH_FATIGUE -> TIRED;
            case EXTREME_FATIGUE -> EXHAUSTED;
        };
    }
}
