package io.turnwise.learner;

import io.turnwise.learner.LearnerAnswer.BatchProcessed;
import io.turnwise.learner.LearnerAnswer.LearnerView;
import io.turnwise.learner.LearnerAnswer.Processed;
import io.turnwise.learner.LearnerAnswer.Uncredited;
import io.turnwise.learner.LearnerAnswer.Worth;
import io.turnwise.learner.model.bandit.Phase;
import io.turnwise.learner.model.memory.WordStatus;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.BreakAdvice;
import io.turnwise.learner.model.strategy.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Learners as they look over HTTP. */
final class LearnerJson {

    private LearnerJson() {}

    /** An enum's constant as it is written. */
    static String wire(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    record StrategyJson(double intervalScale, double newRatio, String difficulty, int batchSize, int hintLevel) {
        static StrategyJson of(Strategy strategy) {
            return new StrategyJson(
                    strategy.intervalScale(),
                    strategy.newRatio(),
                    wire(strategy.difficulty()),
                    strategy.batchSize(),
                    strategy.hintLevel());
        }
    }

    record StateJson(
            double attention,
            double fatigue,
            double motivation,
            double memory,
            double speed,
            double stability,
            String trend,
            double confidence) {
        static StateJson of(UserState state) {
            return new StateJson(
                    state.attention(),
                    state.fatigue(),
                    state.motivation(),
                    state.cognition().memory(),
                    state.cognition().speed(),
                    state.cognition().stability(),
                    wire(state.trend()),
                    state.confidence());
        }
    }

    /** What an answer was worth, and to which decision. */
    record EventJson(
            boolean credited,
            @Nullable String creditedDecisionId,
            double reward,
            @Nullable Uncredited reason) {
        static EventJson of(Worth worth) {
            return new EventJson(worth.decisionId() != null, worth.decisionId(), worth.reward(), worth.reason());
        }
    }

    record DecisionJson(
            @Nullable String decisionId,
            StrategyJson strategy,
            String explanation,
            String source,
            @Nullable String phase,
            double confidence) {}

    record Degraded(String reason) {
        static Degraded of(Degradation reason) {
            return new Degraded(wire(reason));
        }
    }

    /** Whether an answer is stored. */
    enum Recorded {
        YES,
        NO,
        UNKNOWN
    }

    /** What to serve next; without state and counts where nobody could be asked. */
    record ProcessedJson(
            String sessionId,
            @Nullable EventJson event,
            DecisionJson decision,
            @Nullable String suggestion,
            boolean shouldBreak,
            @Nullable StateJson state,
            @Nullable Degraded degraded,
            String recorded,
            @Nullable Integer updateCount,
            @Nullable Long version) {

        static ProcessedJson of(String sessionId, Processed processed, long version) {
            boolean learned = processed.worth() != null;
            return new ProcessedJson(
                    sessionId,
                    processed.worth() == null ? null : EventJson.of(processed.worth()),
                    decision(processed),
                    Explanation.suggestion(processed.advice()),
                    processed.advice() != BreakAdvice.NONE,
                    StateJson.of(processed.state()),
                    learned ? null : Degraded.of(Degradation.DEGRADED_STATE),
                    wire(learned ? Recorded.YES : Recorded.NO),
                    processed.updateCount(),
                    version);
        }

        private static DecisionJson decision(Processed processed) {
            return new DecisionJson(
                    processed.decisionId(),
                    StrategyJson.of(processed.strategy()),
                    Explanation.of(processed.state(), processed.previous(), processed.strategy()),
                    processed.source() == null ? "fallback" : wire(processed.source()),
                    wire(processed.phase()),
                    processed.confidence());
        }

        /** What is served to whom nothing is known of. */
        static ProcessedJson unasked(String sessionId, Degradation reason, Recorded recorded) {
            return new ProcessedJson(
                    sessionId,
                    null,
                    new DecisionJson(
                            null,
                            StrategyJson.of(Strategy.STANDARD),
                            "Your answers cannot be looked at just now.",
                            "fallback",
                            null,
                            0),
                    null,
                    false,
                    null,
                    Degraded.of(reason),
                    wire(recorded),
                    null,
                    null);
        }
    }

    record BatchJson(
            int processed,
            int skipped,
            List<String> decisionIds,
            StrategyJson finalStrategy,
            @Nullable StateJson state,
            @Nullable Degraded degraded,
            String recorded,
            @Nullable Integer updateCount,
            @Nullable Long version) {

        static BatchJson of(BatchProcessed batch, long version) {
            Processed last = batch.last();
            boolean learned = !batch.decisionIds().isEmpty();
            return new BatchJson(
                    batch.decisionIds().size(),
                    batch.skipped(),
                    batch.decisionIds(),
                    StrategyJson.of(last.strategy()),
                    StateJson.of(last.state()),
                    learned ? null : Degraded.of(Degradation.DEGRADED_STATE),
                    wire(learned ? Recorded.YES : Recorded.NO),
                    last.updateCount(),
                    version);
        }

        static BatchJson unasked(Degradation reason, Recorded recorded) {
            return new BatchJson(
                    0,
                    0,
                    List.of(),
                    StrategyJson.of(Strategy.STANDARD),
                    null,
                    Degraded.of(reason),
                    wire(recorded),
                    null,
                    null);
        }
    }

    record LearnerStateJson(
            double attention,
            double fatigue,
            double motivation,
            double memory,
            double speed,
            double stability,
            String trend,
            double confidence,
            Instant timestamp,
            int epoch,
            int answers,
            int words,
            int pendingOutcomes,
            int updateCount,
            long version) {
        static LearnerStateJson of(LearnerView view, long version) {
            StateJson state = StateJson.of(view.state());
            return new LearnerStateJson(
                    state.attention(),
                    state.fatigue(),
                    state.motivation(),
                    state.memory(),
                    state.speed(),
                    state.stability(),
                    state.trend(),
                    state.confidence(),
                    Instant.ofEpochMilli(view.atMillis()),
                    view.epoch(),
                    view.answers(),
                    view.words(),
                    view.pendings(),
                    view.updateCount(),
                    version);
        }
    }

    /** What is served now; what would be served first where nothing has happened. */
    record ServedJson(boolean initialized, @Nullable String decisionId, StrategyJson strategy) {
        static ServedJson of(LearnerView view) {
            return new ServedJson(
                    view.exists(),
                    view.exists() ? view.served().id() : null,
                    StrategyJson.of(view.served().choice().strategy()));
        }
    }

    record PhaseJson(String phase, String description) {
        static PhaseJson of(Phase phase) {
            return new PhaseJson(
                    wire(phase),
                    switch (phase) {
                        case CLASSIFY -> "Probes tell what kind of learner you are.";
                        case EXPLORE ->
                            "What suits your kind of learner is served, while it is learned what suits you.";
                        case NORMAL -> "What has been learned of you decides.";
                    });
        }
    }

    record ResetJson(int epoch, String decisionId, StrategyJson strategy, long version) {
        static ResetJson of(LearnerView view, long version) {
            return new ResetJson(
                    view.epoch(),
                    view.served().id(),
                    StrategyJson.of(view.served().choice().strategy()),
                    version);
        }
    }

    record RewardedJson(String rewardId, boolean applied, int epoch, int updateCount, long version) {}

    record WordJson(
            String wordId,
            String status,
            int level,
            double score,
            double points,
            boolean learned,
            double confidence,
            double recall,
            int reviews,
            double stabilityDays,
            Instant firstReviewAt,
            Instant lastReviewAt,
            Instant nextReviewAt) {
        static WordJson of(LearnerAnswer.WordView view) {
            WordStatus status = view.mastery().status();
            return new WordJson(
                    view.word(),
                    wire(status),
                    view.mastery().level(),
                    view.mastery().score(),
                    view.mastery().points(),
                    view.mastery().isLearned(),
                    view.mastery().confidence(),
                    view.recall(),
                    view.reviewCount(),
                    view.stabilityDays(),
                    Instant.ofEpochMilli(view.firstMillis()),
                    Instant.ofEpochMilli(view.lastMillis()),
                    Instant.ofEpochMilli(view.nextReviewMillis()));
        }
    }

    record DueJson(List<WordJson> words) {}

    /** A later outcome that is waited for. */
    record PendingJson(
            String decisionId,
            @Nullable String wordId,
            Instant answeredAt,
            Instant dueAt,
            Instant expiresAt,
            int rewards) {}

    record PendingsJson(
            List<PendingJson> items, int count, @Nullable String next) {}
}
