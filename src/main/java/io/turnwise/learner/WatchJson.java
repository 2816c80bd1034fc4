package io.turnwise.learner;

import static io.turnwise.learner.LearnerJson.wire;

import io.turnwise.learner.InsightJson.MemberJson;
import io.turnwise.learner.LearnerJson.StateJson;
import io.turnwise.learner.LearnerJson.StrategyJson;
import io.turnwise.learner.LearnerJson.WordJson;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.bandit.Member;
import io.turnwise.learner.model.bandit.Posterior;
import io.turnwise.learner.model.strategy.Actions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a learner learns, as it looks over HTTP. */
final class WatchJson {

    private WatchJson() {}

    /**
     * One message of a feed.
     *
     * @param id of an event: who has had it comes again with it; absent of a state
     * @param sequence the learner's version; who has had this message has had all events up to it
     */
    record Message(String type, @Nullable Long id, long sequence, Object data) {}

    /** What one number of the vector counts for, and how unsure that is. */
    record FeatureJson(String name, double weight, double uncertainty) {}

    /** LinUCB. */
    record LinearJson(List<FeatureJson> features) {
        static LinearJson of(WatchAnswer.ModelView view) {
            List<String> labels = FeatureVector.labels();
            return new LinearJson(IntStream.range(0, labels.size())
                    .mapToObj(i -> new FeatureJson(
                            labels.get(i), view.weights().at(i), view.widths().at(i)))
                    .toList());
        }
    }

    /** How often an action succeeds. */
    record ActionJson(int action, StrategyJson strategy, double mean, double deviation, double outcomes) {
        static ActionJson of(int action, Posterior posterior) {
            return new ActionJson(
                    action,
                    StrategyJson.of(Actions.numbered(action)),
                    posterior.mean(),
                    posterior.deviation(),
                    posterior.outcomes());
        }
    }

    /** Thompson sampling in one bucket. */
    record SamplingJson(String bucket, List<ActionJson> actions) {
        static SamplingJson of(WatchAnswer.ModelView view) {
            return new SamplingJson(
                    view.bucket().key(),
                    IntStream.range(0, view.actions().size())
                            .mapToObj(i -> ActionJson.of(i + 1, view.actions().get(i)))
                            .toList());
        }
    }

    /** How much a member is listened to. */
    record TrustJson(String name, double weight) {}

    record EnsembleJson(int updates, List<TrustJson> members) {
        static EnsembleJson of(WatchAnswer.ModelView view) {
            return new EnsembleJson(
                    view.trustUpdates(),
                    Arrays.stream(Member.values())
                            .map(member ->
                                    new TrustJson(wire(member), view.trust().at(member.place())))
                            .toList());
        }
    }

    record HeuristicJson(double averageReward) {}

    record ModelJson(
            boolean initialized,
            int epoch,
            String phase,
            @Nullable String learnerType,
            int answers,
            int words,
            int updateCount,
            StateJson state,
            StrategyJson strategy,
            LinearJson linucb,
            SamplingJson thompson,
            EnsembleJson ensemble,
            HeuristicJson heuristic,
            long version) {
        static ModelJson of(WatchAnswer.ModelView view, long version) {
            return new ModelJson(
                    view.exists(),
                    view.epoch(),
                    wire(view.phase()),
                    view.type() == null ? null : wire(view.type()),
                    view.answers(),
                    view.words(),
                    view.updateCount(),
                    StateJson.of(view.state()),
                    StrategyJson.of(view.strategy()),
                    LinearJson.of(view),
                    SamplingJson.of(view),
                    EnsembleJson.of(view),
                    new HeuristicJson(view.averageReward()),
                    version);
        }
    }

    record WordsJson(int count, int due, List<WordJson> words) {
        static WordsJson of(WatchAnswer.WordList list) {
            return new WordsJson(
                    list.count(),
                    list.due(),
                    list.words().stream().map(WordJson::of).toList());
        }
    }

    record ReviewJson(Instant at, boolean correct, int responseTime) {}

    /** Recall at a time, by either model. */
    record RecallJson(Instant at, double actr, @Nullable Double exponential) {}

    record ForgettingJson(Instant now, WordJson word, List<ReviewJson> reviews, List<RecallJson> curve) {
        static ForgettingJson of(WatchAnswer.Forgetting forgetting) {
            return new ForgettingJson(
                    Instant.ofEpochMilli(forgetting.atMillis()),
                    WordJson.of(forgetting.word()),
                    forgetting.reviews().stream()
                            .map(each -> new ReviewJson(
                                    Instant.ofEpochMilli(each.atMillis()), each.recalled(), each.rtMillis()))
                            .toList(),
                    forgetting.curve().stream()
                            .map(each -> new RecallJson(
                                    Instant.ofEpochMilli(each.atMillis()), each.actr(), each.exponential()))
                            .toList());
        }
    }

    /** An answer and the decision that followed, with all that tells why. */
    record StepJson(
            String decisionId,
            Instant decidedAt,
            String wordId,
            boolean correct,
            double responseTime,
            @Nullable Double reward,
            @Nullable Double laterReward,
            String phase,
            String source,
            int action,
            StrategyJson strategy,
            double confidence,
            List<MemberJson> members,
            List<String> guardrails,
            String bucket,
            StateJson state,
            String explanation) {
        static StepJson of(WatchAnswer.Step step) {
            return new StepJson(
                    step.id(),
                    Instant.ofEpochMilli(step.atMillis()),
                    step.word(),
                    step.correct(),
                    step.rtMillis(),
                    step.reward(),
                    step.later(),
                    wire(step.phase()),
                    wire(step.source()),
                    step.action(),
                    StrategyJson.of(step.strategy()),
                    step.confidence(),
                    step.members().stream().map(MemberJson::of).toList(),
                    step.guardrails().stream().map(LearnerJson::wire).toList(),
                    step.bucket().key(),
                    StateJson.of(step.state()),
                    Explanation.of(step.state(), step.previous(), step.strategy()));
        }
    }

    record ErasedJson(Instant at) {}

    record RestartedJson(int epoch, Instant at) {
        static RestartedJson of(WatchAnswer.Restarted restarted) {
            return new RestartedJson(restarted.epoch(), Instant.ofEpochMilli(restarted.atMillis()));
        }
    }
}
