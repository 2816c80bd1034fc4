package io.turnwise.learner;

import io.turnwise.learner.LearnerAnswer.DueWords;
import io.turnwise.learner.LearnerAnswer.Insight;
import io.turnwise.learner.LearnerAnswer.LearnerView;
import io.turnwise.learner.LearnerAnswer.Pendings;
import io.turnwise.learner.LearnerAnswer.Processed;
import io.turnwise.learner.LearnerAnswer.Waiting;
import io.turnwise.learner.LearnerAnswer.WordView;
import io.turnwise.learner.decision.Pending;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.Student;
import io.turnwise.learner.model.memory.Mastery;
import io.turnwise.learner.model.memory.WordRecord;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;
import java.util.List;

/** What can be read of a learner. */
sealed interface LearnerRead<A> extends LearnerCommand<A> {

    record ReadLearner() implements LearnerRead<LearnerView> {
        @Override
        public Decision<Learner, LearnerView> decide(Learner learner, Stamp at) {
            return Decision.answer(LearnerView.of(learner, at));
        }
    }

    /** What is served without an answer that can be learned from. */
    record ReadFallback() implements LearnerRead<Processed> {
        @Override
        public Decision<Learner, Processed> decide(Learner learner, Stamp at) {
            return Decision.answer(Answering.fallback(learner, at));
        }
    }

    record ReadInsight() implements LearnerRead<Insight> {
        @Override
        public Decision<Learner, Insight> decide(Learner learner, Stamp at) {
            Settings settings = learner.settings();
            Student student = learner.mind().student();
            return Decision.answer(new Insight(
                    student.trendReading(settings),
                    student.flow(settings),
                    student.chronotype().read(),
                    student.habit().preferredHours(settings.habit()),
                    student.habit().usualMinutes(settings.habit()),
                    student.habit().usualAnswers(settings.habit())));
        }
    }

    record ReadWord(String word) implements LearnerRead<WordView> {
        @Override
        public Decision<Learner, WordView> decide(Learner learner, Stamp at) {
            WordRecord known = learner.words().find(word);
            return known == null
                    ? Decision.refuse(LearnerRejection.UNKNOWN_WORD)
                    : Decision.answer(view(learner, word, known, at.atMillis()));
        }
    }

    record ReadDueWords(int limit) implements LearnerRead<DueWords> {
        @Override
        public Decision<Learner, DueWords> decide(Learner learner, Stamp at) {
            return Decision.answer(new DueWords(learner.words().due(at.atMillis(), limit).stream()
                    .map(each -> view(learner, each.id(), each.word(), at.atMillis()))
                    .toList()));
        }
    }

    /** Those of a higher sequence than {@code after} that wait for a later outcome. */
    record ReadPendings(int after, int limit) implements LearnerRead<Pendings> {
        @Override
        public Decision<Learner, Pendings> decide(Learner learner, Stamp at) {
            List<Waiting> found = learner.decisions().all().stream()
                    .filter(Pending::rewarded)
                    .filter(each -> each.served().sequence() > after)
                    .limit(limit + 1L)
                    .map(Waiting::of)
                    .toList();
            boolean more = found.size() > limit;
            return Decision.answer(new Pendings(more ? found.subList(0, limit) : found, more));
        }
    }

    static WordView view(Learner learner, String id, WordRecord word, long nowMillis) {
        Settings settings = learner.settings();
        double fatigue = learner.state().fatigue();
        return new WordView(
                id,
                Mastery.of(word, nowMillis, fatigue, settings.actr(), settings.forgetting()),
                word.recall(nowMillis, settings.actr()),
                word.reviewCount(),
                word.stabilityDays(),
                word.firstMillis(),
                word.lastMillis(),
                word.nextReviewMillis());
    }
}
