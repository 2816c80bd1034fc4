package io.turnwise.learner;

import static io.turnwise.learner.LearnerJson.wire;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.turnwise.learner.Counterfactual.Course;
import io.turnwise.learner.Counterfactual.Outcome;
import io.turnwise.learner.LearnerJson.StrategyJson;
import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.strategy.Actions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What would have been served, as it looks over HTTP. */
record CounterfactualJson(
        String baseDecisionId,
        BelievedJson baseState,
        BelievedJson counterfactualState,
        ChosenJson baseServed,
        ChosenJson counterfactualServed,
        PredictionJson prediction,
        String explanation,
        List<String> assumptions) {

    private static final List<String> ASSUMPTIONS = List.of(
            "Nothing else was different: what had been learned by then, the answer before, the numbers drawn.",
            "The guardrails hold, whatever is chosen.",
            "expected_reward is what LinUCB had learned by then to expect of what is served, from -1 to 1, and"
                    + " uncertainty one standard width of that.",
            "estimated_accuracy is a rule of thumb: the recent accuracy, of which fatigue and inattention take up to"
                    + " 30 % each. It knows nothing of what is served.");

    /** The question; all of it may be left out. */
    record Asked(
            @JsonAlias("decisionId") @Nullable String decisionId,
            @Nullable Overrides overrides,
            @Nullable Integer action) {

        /** The decision that it is about; null for the one in force. */
        @Nullable
        String id() {
            return decisionId == null ? null : LearnerRequests.id("decision_id", decisionId);
        }

        Counterfactual.Supposition supposition() {
            if (action != null) {
                LearnerRequests.within("action", action, 1, Actions.count());
            }
            return overrides == null
                    ? new Counterfactual.Supposition(null, null, null, null, action)
                    : new Counterfactual.Supposition(
                            within("overrides.attention", overrides.attention, 0),
                            within("overrides.fatigue", overrides.fatigue, 0),
                            within("overrides.motivation", overrides.motivation, -1),
                            within("overrides.recent_accuracy", overrides.recentAccuracy, 0),
                            action);
        }

        private static @Nullable Double within(String field, @Nullable Double value, double min) {
            return value == null ? null : (Double) LearnerRequests.within(field, value, min, 1);
        }
    }

    record Overrides(
            @Nullable Double attention,
            @Nullable Double fatigue,
            @Nullable Double motivation,
            @JsonAlias("recentAccuracy") @Nullable Double recentAccuracy) {}

    record BelievedJson(double attention, double fatigue, double motivation, double recentAccuracy) {
        static BelievedJson of(Course course) {
            return new BelievedJson(
                    course.state().attention(),
                    course.state().fatigue(),
                    course.state().motivation(),
                    course.recentAccuracy());
        }
    }

    record ChosenJson(
            int action,
            StrategyJson strategy,
            String source,
            List<String> guardrails,
            double expectedReward,
            double uncertainty) {
        static ChosenJson of(Course course) {
            Choice choice = course.choice();
            return new ChosenJson(
                    choice.action(),
                    StrategyJson.of(choice.strategy()),
                    wire(choice.source()),
                    choice.guardrails().stream().map(LearnerJson::wire).toList(),
                    course.expectedReward(),
                    course.uncertainty());
        }
    }

    record PredictionJson(
            double estimatedAccuracy,
            double estimatedAccuracyChange,
            boolean wouldTriggerAdjustment,
            @Nullable String suggestedDifficulty) {
        static PredictionJson of(Outcome outcome) {
            Course supposed = outcome.supposed();
            return new PredictionJson(
                    supposed.accuracy(),
                    supposed.accuracy() - outcome.was().accuracy(),
                    supposed.adjustment() != null,
                    supposed.adjustment() == null ? null : wire(supposed.adjustment()));
        }
    }

    static CounterfactualJson of(Outcome outcome) {
        Course was = outcome.was();
        Course supposed = outcome.supposed();
        return new CounterfactualJson(
                outcome.decisionId(),
                BelievedJson.of(was),
                BelievedJson.of(supposed),
                ChosenJson.of(was),
                ChosenJson.of(supposed),
                PredictionJson.of(outcome),
                Explanation.of(
                        supposed.state(),
                        was.choice().strategy(),
                        supposed.choice().strategy()),
                ASSUMPTIONS);
    }
}
