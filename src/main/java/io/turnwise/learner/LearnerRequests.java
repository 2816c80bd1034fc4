package io.turnwise.learner;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.turnwise.http.Exchange;
import io.turnwise.http.StrictJson;
import io.turnwise.journal.Json;
import io.turnwise.learner.model.bandit.FeatureVector;
import io.turnwise.learner.model.numeric.Doubles;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bodies that clients send, and what is at fault with them. */
final class LearnerRequests {

    private static final int WORD_CHARS_MAX = 128;
    private static final int ID_CHARS_MAX = 128;
    private static final int BATCH_MAX = 100;
    private static final int VECTOR_MAX = 256;
    private static final double USUAL_INTERACTION = 1;

    private LearnerRequests() {}

    /** A time as milliseconds of the epoch, or as RFC 3339 has it. */
    record Moment(long millis) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Moment of(long millis) {
            return new Moment(millis);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Moment of(String text) {
            return new Moment(Instant.parse(text).toEpochMilli());
        }

        @Override
        @JsonValue
        public long millis() {
            return millis;
        }

        long sinceEpoch() {
            if (millis <= 0) {
                throw StrictJson.invalid("timestamp", "must be after 1970-01-01T00:00:00Z");
            }
            return millis;
        }
    }

    /** An answer; durations are in milliseconds. */
    record AnswerBody(
            @JsonAlias("sessionId") @Nullable String sessionId,
            @JsonAlias("decisionId") @Nullable String decisionId,
            @JsonAlias("wordId") @Nullable String wordId,

            @JsonProperty("is_correct") @JsonAlias("isCorrect") @Nullable
            Boolean correct,

            @JsonAlias("responseTime") @Nullable Double responseTime,
            @JsonAlias("dwellTime") @Nullable Double dwellTime,
            @Nullable Moment timestamp,
            @JsonAlias("pauseCount") @Nullable Integer pauseCount,
            @JsonAlias("switchCount") @Nullable Integer switchCount,
            @JsonAlias("retryCount") @Nullable Integer retryCount,
            @JsonAlias("focusLossDuration") @Nullable Double focusLossDuration,
            @JsonAlias("interactionDensity") @Nullable Double interactionDensity,
            @JsonAlias("pausedTimeMs") @Nullable Integer pausedTimeMs) {

        Report report() {
            double rtMillis = within("response_time", Exchange.required("response_time", responseTime), 0, 300_000);
            if (rtMillis == 0) {
                throw StrictJson.invalid("response_time", "must be above 0");
            }
            return new Report(
                    word(Exchange.required("word_id", wordId)),
                    decisionId == null ? null : id("decision_id", decisionId),
                    Exchange.required("is_correct", correct),
                    rtMillis,
                    within("dwell_time", or(dwellTime, 0), 0, 600_000),
                    within("pause_count", pauseCount, 1000),
                    within("switch_count", switchCount, 1000),
                    within("retry_count", retryCount, 100),
                    within("focus_loss_duration", or(focusLossDuration, 0), 0, 600_000),
                    within("interaction_density", or(interactionDensity, USUAL_INTERACTION), 0, 10),
                    pausedTimeMs == null ? null : (double) within("paused_time_ms", pausedTimeMs, 3_600_000),
                    timestamp == null ? null : timestamp.sinceEpoch());
        }
    }

    /** Up to 100 answers in their order. */
    record BatchBody(@JsonAlias("events") @Nullable List<AnswerBody> items) {
        List<Report> reports() {
            List<AnswerBody> given = Exchange.required("items", items);
            if (given.isEmpty() || given.size() > BATCH_MAX || given.stream().anyMatch(Objects::isNull)) {
                throw StrictJson.invalid("items", "must be 1 to " + BATCH_MAX + " answers");
            }
            return given.stream().map(AnswerBody::report).toList();
        }
    }

    /** A reward, for a decision or for a vector. */
    record RewardBody(
            @JsonAlias("rewardId") @Nullable String rewardId,
            @JsonAlias("decisionId") @Nullable String decisionId,
            @JsonAlias("userId") @Nullable String userId,
            @Nullable Integer epoch,
            @JsonAlias("featureVector") @Nullable List<Double> featureVector,
            @Nullable List<String> labels,
            @Nullable Double reward) {

        /** The command it is. */
        LearnerCommand<LearnerAnswer.Rewarded> command() {
            String id = id("reward_id", Exchange.required("reward_id", rewardId));
            double worth = within("reward", Exchange.required("reward", reward), -1, 1);
            if (featureVector == null) {
                String decision = Exchange.required("decision_id", decisionId);
                return new LearnerCommand.RewardDecision(id, id("decision_id", decision), worth);
            }
            int ofEpoch = Exchange.required("epoch", epoch);
            return new LearnerCommand.RewardVector(id, ofEpoch, vector(featureVector), worth);
        }

        private FeatureVector vector(List<Double> numbers) {
            boolean isWhole = numbers.stream().allMatch(each -> each != null && Double.isFinite(each));
            if (numbers.isEmpty() || numbers.size() > VECTOR_MAX || !isWhole) {
                throw StrictJson.invalid("feature_vector", "must be 1 to " + VECTOR_MAX + " numbers");
            }
            Doubles values =
                    Doubles.of(numbers.stream().mapToDouble(Double::doubleValue).toArray());
            if (labels == null) {
                return new FeatureVector(FeatureVector.VERSION, FeatureVector.aligned(values, FeatureVector.SIZE));
            }
            if (labels.size() != values.size()) {
                throw StrictJson.invalid("labels", "must be as many as there are numbers");
            }
            return FeatureVector.converted(labels, values);
        }
    }

    private static String word(String word) {
        boolean isPlain = !word.isBlank() && word.length() <= WORD_CHARS_MAX && Json.isText(word);
        if (!isPlain || word.chars().anyMatch(Character::isISOControl)) {
            throw StrictJson.invalid("word_id", "must be 1 to " + WORD_CHARS_MAX + " characters");
        }
        return word;
    }

    /** An id of somebody's: visible characters, none of them a space. */
    static String id(String field, String id) {
        boolean isPlain = !id.isEmpty() && id.length() <= ID_CHARS_MAX;
        if (!isPlain || id.chars().anyMatch(each -> each <= ' ' || each > '~')) {
            throw StrictJson.invalid(field, "must be 1 to " + ID_CHARS_MAX + " visible ASCII characters");
        }
        return id;
    }

    private static double or(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }

    static double within(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw StrictJson.invalid(field, "must be from %s to %s".formatted(plain(min), plain(max)));
        }
        return value;
    }

    private static int within(String field, @Nullable Integer value, int max) {
        return value == null ? 0 : (int) within(field, value, 0, max);
    }

    private static String plain(double bound) {
        return new BigDecimal(bound).toPlainString();
    }
}
