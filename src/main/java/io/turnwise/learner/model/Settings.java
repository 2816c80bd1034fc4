package io.turnwise.learner.model;

import io.turnwise.learner.model.bandit.ActrVote;
import io.turnwise.learner.model.bandit.ColdStartRule;
import io.turnwise.learner.model.bandit.EnsembleSettings;
import io.turnwise.learner.model.bandit.HeuristicRule;
import io.turnwise.learner.model.bandit.LinucbSettings;
import io.turnwise.learner.model.bandit.ThompsonSettings;
import io.turnwise.learner.model.memory.ActrSettings;
import io.turnwise.learner.model.memory.StabilitySettings;
import io.turnwise.learner.model.perception.PerceptionRule;
import io.turnwise.learner.model.state.AttentionRule;
import io.turnwise.learner.model.state.CognitionRule;
import io.turnwise.learner.model.state.FatigueRule;
import io.turnwise.learner.model.state.FlowRule;
import io.turnwise.learner.model.state.HabitRule;
import io.turnwise.learner.model.state.MotivationRule;
import io.turnwise.learner.model.state.ReturnRule;
import io.turnwise.learner.model.state.TrendRule;
import io.turnwise.learner.model.strategy.EngagementRule;
import io.turnwise.learner.model.strategy.Guardrails;
import io.turnwise.learner.model.strategy.RewardRule;

/**
 * All constants of the learner; stored whole with the learner to whom they apply.
 *
 * @param algorithm number of the formulas that use them; a changed formula has a new one
 */
public record Settings(
        int algorithm,
        PerceptionRule perception,
        AttentionRule attention,
        FatigueRule fatigue,
        CognitionRule cognition,
        MotivationRule motivation,
        TrendRule trend,
        HabitRule habit,
        FlowRule flow,
        ReturnRule returning,
        ActrSettings actr,
        StabilitySettings forgetting,
        LinucbSettings linucb,
        ThompsonSettings thompson,
        ActrVote actrVote,
        HeuristicRule heuristic,
        EnsembleSettings ensemble,
        ColdStartRule coldStart,
        Guardrails guardrails,
        EngagementRule engagement,
        RewardRule reward,
        DelayedRule delayed) {

    public static final int ALGORITHM = 2;

    private static final Settings REFERENCE = of(
            FatigueRule.REFERENCE,
            TrendRule.REFERENCE,
            ReturnRule.REFERENCE,
            ActrSettings.REFERENCE,
            EnsembleSettings.REFERENCE,
            ColdStartRule.REFERENCE,
            EngagementRule.REFERENCE);

    private static final Settings STANDARD = of(
            FatigueRule.STANDARD,
            TrendRule.STANDARD,
            ReturnRule.STANDARD,
            ActrSettings.STANDARD,
            EnsembleSettings.STANDARD,
            ColdStartRule.STANDARD,
            EngagementRule.STANDARD);

    /** The engine that this one follows, as it is described; to compare with. */
    public static Settings reference() {
        return REFERENCE;
    }

    /** What learners get unless told otherwise. */
    public static Settings standard() {
        return STANDARD;
    }

    /** Whether sessions go on over an absence, and outcomes expire by when they are dated, as they once did. */
    public boolean followsAlgorithm1() {
        return algorithm == 1;
    }

    private static Settings of(
            FatigueRule fatigue,
            TrendRule trend,
            ReturnRule returning,
            ActrSettings actr,
            EnsembleSettings ensemble,
            ColdStartRule coldStart,
            EngagementRule engagement) {
        return new Settings(
                ALGORITHM,
                PerceptionRule.REFERENCE,
                AttentionRule.REFERENCE,
                fatigue,
                CognitionRule.REFERENCE,
                MotivationRule.REFERENCE,
                trend,
                HabitRule.REFERENCE,
                FlowRule.REFERENCE,
                returning,
                actr,
                StabilitySettings.REFERENCE,
                LinucbSettings.REFERENCE,
                ThompsonSettings.REFERENCE,
                ActrVote.REFERENCE,
                HeuristicRule.REFERENCE,
                ensemble,
                coldStart,
                Guardrails.REFERENCE,
                engagement,
                RewardRule.REFERENCE,
                DelayedRule.REFERENCE);
    }
}
