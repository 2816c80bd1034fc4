package io.turnwise.learner;

import io.turnwise.learner.WatchAnswer.Forgetting;
import io.turnwise.learner.WatchAnswer.ModelView;
import io.turnwise.learner.WatchAnswer.WordList;
import io.turnwise.learner.decision.Served;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Models;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.bandit.Bucket;
import io.turnwise.learner.model.memory.ForgettingCurve;
import io.turnwise.learner.model.memory.WordRecord;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;

/** What is read of a learner to look at how he learns. */
sealed interface LearnerWatch<A> extends LearnerCommand<A> {

    record ReadModel() implements LearnerWatch<ModelView> {
        @Override
        public Decision<Learner, ModelView> decide(Learner learner, Stamp at) {
            Settings settings = learner.settings();
            Mind mind = learner.mind();
            Models models = mind.models();
            Served served = learner.servedOrFirst(at);
            Bucket bucket = served.choice().bucket();
            return Decision.answer(new ModelView(
                    learner.exists(),
                    Math.max(1, learner.epoch()),
                    mind.coldStart().phase(),
                    mind.coldStart().type(),
                    mind.student().answers(),
                    learner.words().size(),
                    learner.updateCount(),
                    learner.state(),
                    served.choice().strategy(),
                    bucket,
                    models.linucb().weights(),
                    models.linucb().widths(),
                    models.thompson().posteriors(bucket, settings.thompson()),
                    models.averageReward(),
                    models.ensemble().weights(),
                    models.ensemble().updates()));
        }
    }

    /** The first {@code limit} of all words. */
    record ReadWords(int limit) implements LearnerWatch<WordList> {
        @Override
        public Decision<Learner, WordList> decide(Learner learner, Stamp at) {
            return Decision.answer(new WordList(
                    learner.words().size(),
                    learner.words().countDue(at.atMillis()),
                    learner.words().soonest(limit).stream()
                            .map(each -> LearnerRead.view(learner, each.id(), each.word(), at.atMillis()))
                            .toList()));
        }
    }

    record ReadForgetting(String word) implements LearnerWatch<Forgetting> {
        @Override
        public Decision<Learner, Forgetting> decide(Learner learner, Stamp at) {
            WordRecord known = learner.words().find(word);
            return known == null
                    ? Decision.refuse(LearnerRejection.UNKNOWN_WORD)
                    : Decision.answer(new Forgetting(
                            LearnerRead.view(learner, word, known, at.atMillis()),
                            known.reviews(),
                            at.atMillis(),
                            ForgettingCurve.of(
                                    known, at.atMillis(), learner.settings().actr())));
        }
    }
}
