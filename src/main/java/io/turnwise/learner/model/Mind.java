package io.turnwise.learner.model;

import io.turnwise.learner.model.bandit.Bucket;
import io.turnwise.learner.model.bandit.ColdStart;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.bandit.Linucb;
import io.turnwise.learner.model.bandit.Phase;
import io.turnwise.learner.model.bandit.Thompson;
import io.turnwise.learner.model.perception.Observation;
import io.turnwise.learner.model.state.RecentAnswers;
import io.turnwise.learner.model.state.ReturnRule;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.Fallback;
import io.turnwise.learner.model.strategy.Guarded;
import io.turnwise.learner.model.strategy.RewardProfile;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.random.RandomGenerator;

/**
 * All that is kept of one user apart from words: what is believed, what has been learned, and how far the user is known.
 *
 * <p>It never changes; each step gives another. {@link #after}, {@link #rewarded} and {@link #delayed} draw nothing and
 * read no clock, so that the same steps give the same mind, bit for bit; {@link #choose} alone draws.
 */
public record Mind(Student student, Models models, ColdStart coldStart) {

    public static Mind fresh(Settings settings) {
        return new Mind(Student.FRESH, Models.fresh(settings), ColdStart.fresh(settings.coldStart()));
    }

    /** With one more answer taken in; nothing is learned yet of what suits the user. */
    public Mind after(Observation seen, Settings settings) {
        ReturnRule returning = settings.returning();
        double days = student.daysAway(seen.atMillis());
        boolean anew = returning.needsColdStart(days, coldStart.phase() == Phase.NORMAL);
        Student present = returning.counts(days) ? student.returned(seen.atMillis(), returning) : student;
        return new Mind(
                present.after(seen, student.recent().errorRate(), settings),
                models,
                anew ? ColdStart.fresh(settings.coldStart()) : coldStart);
    }

    /** As it would be if something else were believed; nothing else about it is different. */
    public Mind supposing(UserState state, RecentAnswers recent) {
        return new Mind(student.supposing(state, recent), models, coldStart);
    }

    /** The worth of an answer that has been taken in, -1 to 1. */
    public double reward(Observation seen, RewardProfile profile, Settings settings) {
        return settings.reward().of(seen, student.state(), settings.engagement().of(seen), profile);
    }

    /** With what came at once of a choice: all models learn, each what the choice says of it. */
    public Mind rewarded(Credit credit, Settings settings) {
        Choice choice = credit.choice();
        double reward = credit.reward();
        Linucb linucb = models.linucb().updated(choice.x().values().values(), reward, 1, settings.linucb());
        boolean weighed = choice.unguarded() && choice.source() == Source.ENSEMBLE;
        Models next = new Models(
                linucb,
                choice.unguarded()
                        ? models.thompson().counted(choice.bucket(), choice.action(), reward, settings.thompson())
                        : models.thompson(),
                settings.heuristic().averaged(models.averageReward(), reward),
                weighed
                        ? models.ensemble().rewarded(choice.members(), choice.action(), reward, settings.ensemble())
                        : models.ensemble());
        return new Mind(
                student,
                next,
                coldStart.answered(choice.probe(), credit.correct(), credit.rtMillis(), settings.coldStart()));
    }

    /** With what came later of a choice; its action counts only where the guardrails left it alone. */
    public Mind delayed(Choice choice, double reward, Settings settings) {
        return choice.unguarded()
                ? delayed(choice.x(), choice.bucket(), choice.action(), reward, settings)
                : delayed(choice.x(), reward, settings);
    }

    /** With what came later of an action served as it was chosen. */
    public Mind delayed(FeatureVector x, Bucket bucket, int action, double reward, Settings settings) {
        Mind learned = delayed(x, reward, settings);
        Thompson thompson = models.thompson().counted(bucket, action, reward, settings.thompson());
        return new Mind(
                student,
                new Models(learned.models.linucb(), thompson, models.averageReward(), models.ensemble()),
                coldStart);
    }

    /** With an outcome of which only the vector is known. */
    public Mind delayed(FeatureVector x, double reward, Settings settings) {
        Linucb linucb = models.linucb()
                .updated(x.values().values(), reward, settings.delayed().weight(), settings.linucb());
        return new Mind(
                student, new Models(linucb, models.thompson(), models.averageReward(), models.ensemble()), coldStart);
    }

    /** What a user begins with, before anything is known. */
    public Choice beginning(ChoiceContext context, Settings settings) {
        return new Choosing(this, context, settings).beginning();
    }

    /**
     * What to serve when nothing can be chosen.
     *
     * @param hour 0 to 23 where the user is
     */
    public Guarded fallback(int hour, Settings settings) {
        Strategy strategy =
                Fallback.strategy(student.answers(), student.recent().errorRate(), student.state(), hour);
        return settings.guardrails().guarded(strategy, student.state());
    }

    /** What to serve of an action that somebody else has chosen. */
    public Choice chosen(int action, ChoiceContext context, Settings settings) {
        return new Choosing(this, context, settings).chosen(action);
    }

    /** What to serve next. */
    public Choice choose(ChoiceContext context, RandomGenerator random, Settings settings) {
        return new Choosing(this, context, settings).choose(random);
    }
}
