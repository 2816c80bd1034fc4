package io.turnwise.learner;

import static io.turnwise.learner.LearnerJson.wire;

import io.turnwise.learner.LearnerAnswer.Insight;
import io.turnwise.learner.LearnerEvent.Answered;
import io.turnwise.learner.LearnerJson.StateJson;
import io.turnwise.learner.LearnerJson.StrategyJson;
import io.turnwise.learner.PastDecisions.Past;
import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.bandit.Vote;
import io.turnwise.learner.model.perception.Observation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a learner comes on, as it looks over HTTP. */
final class InsightJson {

    private InsightJson() {}

    record TrendJson(String trend, double slopePerDay, double volatility, double confidence, String flow) {
        static TrendJson of(Insight insight) {
            return new TrendJson(
                    wire(insight.trend().trend()),
                    insight.trend().slopePerDay(),
                    insight.trend().volatility(),
                    insight.trend().confidence(),
                    wire(insight.flow()));
        }
    }

    record HabitJson(
            List<Integer> preferredHours,
            double usualMinutes,
            double usualAnswers,
            String chronotype,
            double chronotypeConfidence) {
        static HabitJson of(Insight insight) {
            return new HabitJson(
                    insight.preferredHours(),
                    insight.usualMinutes(),
                    insight.usualAnswers(),
                    wire(insight.chronotype().kind()),
                    insight.chronotype().confidence());
        }
    }

    /** How a member voted. */
    record MemberJson(String name, int action, double score, double confidence) {
        static MemberJson of(Vote vote) {
            return new MemberJson(wire(vote.member()), vote.action(), vote.score(), vote.confidence());
        }
    }

    /** Why a decision was made, and what came of it at once. */
    record ExplainedJson(
            String decisionId,
            Instant decidedAt,
            @Nullable String wordId,
            String phase,
            String source,
            int action,
            StrategyJson strategy,
            double confidence,
            List<MemberJson> members,
            List<String> guardrails,
            String bucket,
            StateJson state,
            String explanation,
            @Nullable Double reward) {

        /** Listens for one decision. */
        static final class Found {
            private final String id;
            private @Nullable Past decided;
            private @Nullable Past before;
            private @Nullable Double reward;

            Found(String id) {
                this.id = id;
            }

            /** Until the decision is rewarded. */
            boolean hears(Past past) {
                if (decided == null) {
                    if (past.served().id().equals(id)) {
                        decided = past;
                    } else {
                        before = past;
                    }
                    return true;
                }
                var credited = past.answer() == null ? null : past.answer().credited();
                boolean isOurs = past.isOfEpochOf(decided)
                        && credited != null
                        && credited.sequence() == decided.served().sequence();
                if (isOurs && credited != null) {
                    reward = credited.reward();
                }
                return !isOurs;
            }

            Optional<ExplainedJson> explained() {
                return Optional.ofNullable(decided).map(past -> of(past, before, reward));
            }
        }

        private static ExplainedJson of(Past past, @Nullable Past before, @Nullable Double reward) {
            Choice choice = past.served().choice();
            return new ExplainedJson(
                    past.served().id(),
                    Instant.ofEpochMilli(past.atMillis()),
                    past.answer() == null ? null : past.answer().word(),
                    wire(choice.phase()),
                    wire(choice.source()),
                    choice.action(),
                    StrategyJson.of(choice.strategy()),
                    choice.confidence(),
                    choice.members().stream().map(MemberJson::of).toList(),
                    choice.guardrails().stream().map(LearnerJson::wire).toList(),
                    choice.bucket().key(),
                    StateJson.of(past.state()),
                    before == null || !before.isOfEpochOf(past)
                            ? Explanation.ofBeginning()
                            : Explanation.of(
                                    past.state(), before.served().choice().strategy(), choice.strategy()),
                    reward);
        }
    }

    /** One answer and what was served then. */
    record StepJson(
            String decisionId,
            Instant decidedAt,
            String wordId,
            boolean correct,
            @Nullable Double reward,
            String phase,
            String source,
            StrategyJson strategy) {
        static StepJson of(Past past) {
            Answered event = Objects.requireNonNull(past.answer());
            return new StepJson(
                    event.next().id(),
                    Instant.ofEpochMilli(event.seen().atMillis()),
                    event.word(),
                    event.seen().correct(),
                    event.credited() == null ? null : (Double) event.credited().reward(),
                    wire(event.next().choice().phase()),
                    wire(event.next().choice().source()),
                    StrategyJson.of(event.next().choice().strategy()));
        }
    }

    record TimelineJson(List<StepJson> items, @Nullable String next) {
        /**
         * A page.
         *
         * @param found up to one more than {@code limit}
         */
        static TimelineJson of(List<Past> found, int limit) {
            List<Past> page = found.subList(0, Math.min(limit, found.size()));
            String next =
                    found.size() > limit ? Long.toString(page.get(limit - 1).version()) : null;
            return new TimelineJson(page.stream().map(StepJson::of).toList(), next);
        }
    }

    /** One day of learning, as it was at its end. */
    record DayJson(
            LocalDate day,
            int answers,
            double accuracy,
            double attention,
            double fatigue,
            double motivation,
            double memory) {}

    record CurveJson(List<DayJson> days) {

        /** Collects the latest days on which something was answered; days are those of UTC. */
        static final class Days {
            private final int most;
            private final TreeMap<LocalDate, DayJson> byDay = new TreeMap<>();

            Days(int most) {
                this.most = most;
            }

            boolean hears(Past past) {
                if (past.answer() == null) {
                    return true;
                }
                Observation seen = past.answer().seen();
                LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(seen.atMillis()), ZoneOffset.UTC);
                DayJson before = byDay.get(day);
                int answers = before == null ? 0 : before.answers();
                double right = before == null ? 0 : before.accuracy() * answers;
                byDay.put(
                        day,
                        new DayJson(
                                day,
                                answers + 1,
                                (right + (seen.correct() ? 1 : 0)) / (answers + 1),
                                past.state().attention(),
                                past.state().fatigue(),
                                past.state().motivation(),
                                past.state().cognition().memory()));
                if (byDay.size() > most) {
                    byDay.pollFirstEntry();
                }
                return true;
            }

            CurveJson curve() {
                return new CurveJson(List.copyOf(byDay.values()));
            }
        }
    }
}
