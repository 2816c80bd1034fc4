package io.turnwise.learner.model;

import io.turnwise.learner.model.bandit.Ballot;
import io.turnwise.learner.model.bandit.Bucket;
import io.turnwise.learner.model.bandit.ColdStart;
import io.turnwise.learner.model.bandit.Elected;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.bandit.LinucbVote;
import io.turnwise.learner.model.bandit.Phase;
import io.turnwise.learner.model.bandit.Situation;
import io.turnwise.learner.model.bandit.Vote;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.Actions;
import io.turnwise.learner.model.strategy.Guarded;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One choice on its way: from who has the say, through what may be served, to the vector of what is. */
final class Choosing {

    private static final double SURE = 1;

    private final Mind mind;
    private final ChoiceContext context;
    private final Settings settings;
    private final Situation situation;
    private final Bucket bucket;

    Choosing(Mind mind, ChoiceContext context, Settings settings) {
        this.mind = mind;
        this.context = context;
        this.settings = settings;
        double errorRate = mind.student().recent().errorRate();
        this.situation = Situation.of(state(), errorRate, context.rtMillis(), context.hour());
        this.bucket = Bucket.of(errorRate, context.rtMillis(), context.hour());
    }

    /** What a user begins with. */
    Choice beginning() {
        return choice(Source.BEGINNING, List.of(), Actions.FIRST_SERVED, Strategy.STANDARD, SURE, null);
    }

    /** As if all members wanted it. */
    Choice chosen(int action) {
        return choice(Source.ENSEMBLE, List.of(), action, approached(action), SURE, null);
    }

    Choice choose(RandomGenerator random) {
        ColdStart coldStart = mind.coldStart();
        Strategy probe = coldStart.probe(settings.coldStart());
        if (probe != null) {
            return choice(Source.PROBE, List.of(), Actions.nearest(probe), probe, SURE, coldStart.probeIndex());
        }
        Strategy settled = coldStart.settled(settings.coldStart());
        if (coldStart.phase() == Phase.EXPLORE && settled != null) {
            int action = Actions.nearest(settled);
            return choice(Source.SETTLED, List.of(), action, approached(action), SURE, null);
        }
        List<Vote> votes = votes(random);
        Elected elected = mind.models().ensemble().elect(votes, random, settings.ensemble());
        return elected == null
                ? choice(Source.BEGINNING, votes, Actions.FIRST_SERVED, approached(Actions.FIRST_SERVED), 0, null)
                : choice(
                        Source.ENSEMBLE,
                        votes,
                        elected.action(),
                        approached(elected.action()),
                        elected.confidence(),
                        null);
    }

    private List<Vote> votes(RandomGenerator random) {
        Student student = mind.student();
        Models models = mind.models();
        double accuracy = student.recent().accuracy();
        double alpha = settings.linucb().alpha(student.answers(), accuracy, state().fatigue());
        Ballot ballot = new Ballot();
        ballot.cast(() -> LinucbVote.of(models.linucb(), situation, alpha));
        ballot.cast(() -> models.thompson().vote(bucket, random, settings.thompson()));
        ballot.cast(() -> settings.actrVote().vote(context.recall()));
        ballot.cast(() -> settings.heuristic().vote(situation, models.averageReward()));
        return ballot.votes();
    }

    private Strategy approached(int action) {
        Aims aims = context.aims();
        Strategy chosen = Actions.numbered(action);
        return context.previous()
                .halfWayTo(aims == null ? chosen : aims.objectives().adjusted(chosen, aims.seen()));
    }

    private Choice choice(
            Source source, List<Vote> votes, int action, Strategy wanted, double confidence, @Nullable Integer probe) {
        Guarded guarded = settings.guardrails().guarded(wanted, state());
        return new Choice(
                mind.coldStart().phase(),
                source,
                votes,
                action,
                guarded.strategy(),
                guarded.guardrails(),
                bucket,
                FeatureVector.of(situation, guarded.strategy()),
                confidence,
                probe);
    }

    private UserState state() {
        return mind.student().state();
    }
}
