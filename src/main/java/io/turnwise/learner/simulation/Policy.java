package io.turnwise.learner.simulation;

import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.ChoiceContext;
import io.turnwise.learner.model.Credit;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Models;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.bandit.Bucket;
import io.turnwise.learner.model.bandit.LinucbVote;
import io.turnwise.learner.model.bandit.Member;
import io.turnwise.learner.model.bandit.Situation;
import io.turnwise.learner.model.strategy.Actions;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Who chooses what is served; what is chosen is approached and guarded alike for all. */
sealed interface Policy {

    String ENGINE = "engine";
    String FIXED = "fixed action";
    String RANDOM = "random";
    String ORACLE = "oracle";

    /**
     * When something is to be chosen.
     *
     * @param decision its number
     */
    record Moment(
            Mind mind, ChoiceContext context, User user, int decision, RandomGenerator random, Settings settings) {

        Choice serving(int action) {
            return mind.chosen(action, context, settings);
        }
    }

    String name();

    Choice choose(Moment moment);

    /** With what came of a choice. */
    default Mind learned(Mind mind, Credit credit, Settings settings) {
        return mind;
    }

    /** The learner as it is, with its cold start. */
    record Engine() implements Policy {

        @Override
        public String name() {
            return ENGINE;
        }

        @Override
        public Choice choose(Moment moment) {
            return moment.mind().choose(moment.context(), moment.random(), moment.settings());
        }

        @Override
        public Mind learned(Mind mind, Credit credit, Settings settings) {
            return mind.rewarded(credit, settings);
        }
    }

    /** One member without the others, which learns its own part alone. */
    record Alone(Member member) implements Policy {

        @Override
        public String name() {
            return member.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Choice choose(Moment moment) {
            return moment.serving(vote(moment));
        }

        private int vote(Moment moment) {
            Mind mind = moment.mind();
            Settings settings = moment.settings();
            ChoiceContext context = moment.context();
            var state = mind.student().state();
            var recent = mind.student().recent();
            Situation situation = Situation.of(state, recent.errorRate(), context.rtMillis(), context.hour());
            Models models = mind.models();
            return switch (member) {
                case LINUCB ->
                    LinucbVote.of(
                                    models.linucb(),
                                    situation,
                                    settings.linucb()
                                            .alpha(mind.student().answers(), recent.accuracy(), state.fatigue()))
                            .action();
                case THOMPSON ->
                    models.thompson()
                            .vote(
                                    Bucket.of(recent.errorRate(), context.rtMillis(), context.hour()),
                                    moment.random(),
                                    settings.thompson())
                            .action();
                case ACTR -> settings.actrVote().vote(context.recall()).action();
                case HEURISTIC ->
                    settings.heuristic().vote(situation, models.averageReward()).action();
            };
        }

        @Override
        public Mind learned(Mind mind, Credit credit, Settings settings) {
            Models models = mind.models();
            Choice choice = credit.choice();
            return switch (member) {
                case LINUCB ->
                    with(
                            mind,
                            new Models(
                                    models.linucb()
                                            .updated(
                                                    choice.x().values().values(),
                                                    credit.reward(),
                                                    1,
                                                    settings.linucb()),
                                    models.thompson(),
                                    models.averageReward(),
                                    models.ensemble()));
                case THOMPSON ->
                    choice.unguarded()
                            ? with(
                                    mind,
                                    new Models(
                                            models.linucb(),
                                            models.thompson()
                                                    .counted(
                                                            choice.bucket(),
                                                            choice.action(),
                                                            credit.reward(),
                                                            settings.thompson()),
                                            models.averageReward(),
                                            models.ensemble()))
                            : mind;
                // what these choose does not depend on rewards
                case ACTR, HEURISTIC -> mind;
            };
        }

        private static Mind with(Mind mind, Models models) {
            return new Mind(mind.student(), models, mind.coldStart());
        }
    }

    /** The same action always. */
    record Fixed(int action) implements Policy {

        @Override
        public String name() {
            return FIXED;
        }

        @Override
        public Choice choose(Moment moment) {
            return moment.serving(action);
        }
    }

    /** Any action. */
    record Random() implements Policy {

        @Override
        public String name() {
            return RANDOM;
        }

        @Override
        public Choice choose(Moment moment) {
            return moment.serving(1 + moment.random().nextInt(Actions.count()));
        }
    }

    /** Whoever knows the user, choosing what is worth most at once. */
    record Oracle() implements Policy {

        @Override
        public String name() {
            return ORACLE;
        }

        @Override
        public Choice choose(Moment moment) {
            Choice best = moment.serving(1);
            double most = expected(moment, best);
            for (int action = 2; action <= Actions.count(); action++) {
                Choice other = moment.serving(action);
                double worth = expected(moment, other);
                if (worth > most) {
                    best = other;
                    most = worth;
                }
            }
            return best;
        }

        private static double expected(Moment moment, Choice choice) {
            return moment.user().expected(moment.decision(), choice, moment.mind());
        }
    }
}
