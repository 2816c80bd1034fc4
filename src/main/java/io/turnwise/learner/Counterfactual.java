package io.turnwise.learner;

import io.turnwise.learner.PastDecisions.Past;
import io.turnwise.learner.decision.Served;
import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.ChoiceContext;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Source;
import io.turnwise.learner.model.bandit.LinucbScores;
import io.turnwise.learner.model.bandit.Member;
import io.turnwise.learner.model.bandit.Vote;
import io.turnwise.learner.model.state.RecentAnswers;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it would have been, had something else been believed of the learner, or another action been chosen.
 *
 * <p>All else stays: what the models had learned by then, the answer before, and the numbers that were drawn. So where
 * nothing else is supposed, what comes out is what was served.
 */
final class Counterfactual {

    /**
     * What is supposed; what is absent was as it was.
     *
     * @param action from 1 to 24, chosen in place of whatever would have been
     */
    record Supposition(
            @Nullable Double attention,
            @Nullable Double fatigue,
            @Nullable Double motivation,
            @Nullable Double recentAccuracy,
            @Nullable Integer action) {}

    /** What would suit the learner, where what he is served does not. */
    enum Adjustment {
        EASIER,
        HARDER
    }

    /**
     * One course of things.
     *
     * @param recentAccuracy share of the last answers that were right
     * @param choice what is served in it
     * @param expectedReward what LinUCB expected of that, and {@code uncertainty} how unsure it was: one standard width
     * @param accuracy to be expected of a learner in this state, 0 to 1; a rule of thumb
     * @param adjustment called for by such a state; absent for none
     */
    record Course(
            UserState state,
            double recentAccuracy,
            Choice choice,
            double expectedReward,
            double uncertainty,
            double accuracy,
            @Nullable Adjustment adjustment) {

        private static final double FATIGUE_COSTS = .3;
        private static final double INATTENTION_COSTS = .3;
        private static final double EXHAUSTED = .8;
        private static final double FAILING = .3;
        private static final double UNDERTAXED = .9;
        private static final double ATTENTIVE = .8;

        static Course of(Mind mind, Choice choice) {
            UserState state = mind.student().state();
            double recent = mind.student().recent().accuracy();
            LinucbScores scores = mind.models().linucb().scores();
            double[] x = choice.x().values().values();
            double attentive = 1 - INATTENTION_COSTS * (1 - state.attention());
            return new Course(
                    state,
                    recent,
                    choice,
                    scores.mean(x),
                    scores.width(x),
                    recent * (1 - FATIGUE_COSTS * state.fatigue()) * attentive,
                    adjustment(state, recent));
        }

        private static @Nullable Adjustment adjustment(UserState state, double recent) {
            if (state.fatigue() > EXHAUSTED || recent < FAILING) {
                return Adjustment.EASIER;
            }
            return recent > UNDERTAXED && state.attention() > ATTENTIVE ? Adjustment.HARDER : null;
        }
    }

    /** What was, and what would have been. */
    record Outcome(String decisionId, Course was, Course supposed) {}

    /** Listens for one decision, or for the latest. */
    static final class Search {
        private final @Nullable String id;
        private @Nullable Past before;
        private @Nullable Past last;

        /**
         * To listen with.
         *
         * @param id absent for the latest
         */
        Search(@Nullable String id) {
            this.id = id;
        }

        boolean hears(Past decision) {
            before = last;
            last = decision;
            return !decision.served().id().equals(id);
        }

        Optional<Counterfactual> found() {
            if (last == null || (id != null && !last.served().id().equals(id))) {
                return Optional.empty();
            }
            return Optional.of(new Counterfactual(
                    last,
                    before == null || !before.isOfEpochOf(last)
                            ? Strategy.STANDARD
                            : before.served().choice().strategy()));
        }
    }

    private final Past decision;
    private final Strategy previous;

    private Counterfactual(Past decision, Strategy previous) {
        this.decision = decision;
        this.previous = previous;
    }

    Outcome suppose(Supposition supposition) {
        Mind supposed = supposed(supposition);
        Served served = decision.served();
        return new Outcome(
                served.id(),
                Course.of(decision.mind(), served.choice()),
                Course.of(supposed, choice(supposed, supposition.action())));
    }

    private Mind supposed(Supposition supposition) {
        UserState state = decision.state();
        UserState supposed = new UserState(
                or(supposition.attention(), state.attention()),
                or(supposition.fatigue(), state.fatigue()),
                or(supposition.motivation(), state.motivation()),
                state.cognition(),
                state.trend(),
                state.confidence());
        RecentAnswers recent = supposition.recentAccuracy() == null
                ? decision.mind().student().recent()
                : RecentAnswers.ofAccuracy(supposition.recentAccuracy());
        return decision.mind().supposing(supposed, recent);
    }

    private static double or(@Nullable Double supposed, double was) {
        return supposed == null ? was : supposed;
    }

    private Choice choice(Mind supposed, @Nullable Integer action) {
        ChoiceContext context = context(supposed);
        if (action != null) {
            return supposed.chosen(action, context, decision.settings());
        }
        if (decision.served().choice().source() == Source.BEGINNING && decision.answer() == null) {
            return supposed.beginning(context, decision.settings());
        }
        return supposed.choose(
                context,
                Served.draws(
                        decision.user(), decision.epoch(), decision.served().sequence()),
                decision.settings());
    }

    private ChoiceContext context(Mind supposed) {
        if (decision.answer() == null) {
            return Learner.beginningContext(decision.profile().hour(decision.atMillis()), decision.settings());
        }
        return new ChoiceContext(
                recall(),
                decision.answer().seen().rtMillis(),
                decision.answer().seen().hour(),
                previous,
                SessionOutcomes.aims(decision.profile(), supposed.student()));
    }

    /** The score of the member that votes by memory is how likely the word was remembered. */
    private double recall() {
        return decision.served().choice().members().stream()
                .filter(vote -> vote.member() == Member.ACTR)
                .mapToDouble(Vote::score)
                .findAny()
                .orElse(Double.NaN);
    }
}
