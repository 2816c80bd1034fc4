package io.turnwise.learner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stored and sent names of this domain: logical and versioned, so that a class may be renamed and moved. */
public final class LearnerNames {

    public static final Map<String, Class<?>> ALL = all();

    private LearnerNames() {}

    /** The name of a type without domain and version; throws for one that has none. */
    static String plain(Class<?> type) {
        return ALL.entrySet().stream()
                .filter(each -> each.getValue() == type)
                .map(each -> each.getKey()
                        .substring("learner.".length(), each.getKey().indexOf('/')))
                .findAny()
                .orElseThrow();
    }

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> names = new LinkedHashMap<>();
        names.put("learner.learner/1", Learner.class);

        names.put("learner.configured/1", LearnerEvent.Configured.class);
        names.put("learner.answered/1", LearnerEvent.Answered.class);
        names.put("learner.reward-applied/1", LearnerEvent.RewardApplied.class);
        names.put("learner.outcome-expired/1", LearnerEvent.OutcomeExpired.class);
        names.put("learner.reset/1", LearnerEvent.LearnerReset.class);
        names.put("learner.profile-changed/1", LearnerEvent.ProfileChanged.class);

        names.put("learner.take-answer/1", LearnerCommand.TakeAnswer.class);
        names.put("learner.take-answers/1", LearnerCommand.TakeAnswers.class);
        names.put("learner.reward-decision/1", LearnerCommand.RewardDecision.class);
        names.put("learner.reward-vector/1", LearnerCommand.RewardVector.class);
        names.put("learner.forget/1", LearnerCommand.Reset.class);
        names.put("learner.change-profile/1", LearnerCommand.ChangeProfile.class);
        names.put("learner.read-learner/1", LearnerRead.ReadLearner.class);
        names.put("learner.read-fallback/1", LearnerRead.ReadFallback.class);
        names.put("learner.read-insight/1", LearnerRead.ReadInsight.class);
        names.put("learner.read-word/1", LearnerRead.ReadWord.class);
        names.put("learner.read-due-words/1", LearnerRead.ReadDueWords.class);
        names.put("learner.read-pendings/1", LearnerRead.ReadPendings.class);

        names.put("learner.processed/1", LearnerAnswer.Processed.class);
        names.put("learner.batch-processed/1", LearnerAnswer.BatchProcessed.class);
        names.put("learner.rewarded/1", LearnerAnswer.Rewarded.class);
        names.put("learner.learner-view/1", LearnerAnswer.LearnerView.class);
        names.put("learner.insight/1", LearnerAnswer.Insight.class);
        names.put("learner.word-view/1", LearnerAnswer.WordView.class);
        names.put("learner.due-words/1", LearnerAnswer.DueWords.class);
        names.put("learner.pendings/1", LearnerAnswer.Pendings.class);

        names.put("learner.read-model/1", LearnerWatch.ReadModel.class);
        names.put("learner.read-words/1", LearnerWatch.ReadWords.class);
        names.put("learner.read-forgetting/1", LearnerWatch.ReadForgetting.class);
        names.put("learner.model-view/1", WatchAnswer.ModelView.class);
        names.put("learner.word-list/1", WatchAnswer.WordList.class);
        names.put("learner.forgetting/1", WatchAnswer.Forgetting.class);
        names.put("learner.step/1", WatchAnswer.Step.class);
        names.put("learner.restarted/1", WatchAnswer.Restarted.class);
        return Collections.unmodifiableMap(names);
    }
}
