package io.turnwise.cli.learner;

import com.fasterxml.jackson.databind.JsonNode;
import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.client.NodeClient;
import io.turnwise.cli.client.NodeTokens;
import io.turnwise.cli.client.Speed;
import io.turnwise.cli.terminal.Progress;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plays what one learner answered to a node, one answer after the other. */
final class LearnerReplay {

    /**
     * What all learners of a replay have in common.
     *
     * @param run makes its members and keys differ from those of any other replay
     * @param startMillis epoch at which the first session began
     */
    record Terms(String run, Speed speed, long startMillis) {

        /** As whom the node knows a learner of the log. */
        String member(Answering learner) {
            return learner.learner() + "-" + run;
        }
    }

    /**
     * What became of one learner.
     *
     * @param member as whom the node knows the learner
     * @param credited answers that a decision was rewarded for
     * @param degraded answers that were given a fallback
     * @param refused answers by the code of their refusal
     * @param updateCount of the model at the end
     * @param fault what is wrong, if anything
     */
    record Report(
            String member,
            int sent,
            int credited,
            int degraded,
            Map<String, Integer> refused,
            long updateCount,
            @Nullable String fault) {}

    private final Answering learner;
    private final Terms terms;
    private final NodeClient node;
    private final NodeTokens tokens;
    private final Progress progress;
    private final String member;
    private final Map<String, Integer> refused = new TreeMap<>();
    private int sent;
    private int credited;
    private int degraded;
    private long updateCount;
    private long version;
    private @Nullable String fault;

    LearnerReplay(Answering learner, Terms terms, NodeClient node, NodeTokens tokens, Progress progress) {
        this.learner = learner;
        this.terms = terms;
        this.node = node;
        this.tokens = tokens;
        this.progress = progress;
        this.member = terms.member(learner);
    }

    /** Plays; whatever hinders it stands in the report. */
    Report run() {
        try {
            long startNanos = System.nanoTime();
            for (Answering.Answer answer : learner.answers()) {
                terms.speed().await(answer.playedSeconds(), startNanos);
                send(answer);
                progress.stepDone();
            }
        } catch (ClientFailure e) {
            fault = e.getMessage();
        }
        return new Report(member, sent, credited, degraded, Map.copyOf(refused), updateCount, fault);
    }

    private void send(Answering.Answer answer) {
        Map<String, Object> body = Map.of(
                "session_id",
                terms.run() + "-" + answer.session(),
                "word_id",
                answer.word(),
                "is_correct",
                answer.isRight(),
                "response_time",
                answer.rtMillis(),
                "dwell_time",
                answer.rtMillis(),
                "timestamp",
                terms.startMillis() + (long) (answer.agedSeconds() * 1000));
        sent++;
        NodeClient.Answer answered =
                node.post("/api/amas/process", tokens.member(member, 0), terms.run() + "-" + sent, body);
        if (!answered.isSuccess()) {
            refused.merge(answered.code(), 1, Integer::sum);
        } else if (answered.body().hasNonNull("degraded")) {
            degraded++;
        } else {
            accept(answered.body());
        }
    }

    /** Each answer is a turn of its own, so nothing may stand still or go back. */
    private void accept(JsonNode body) {
        credited += body.path("event").path("credited").asBoolean() ? 1 : 0;
        long newVersion = body.path("version").asLong();
        long newCount = body.path("update_count").asLong();
        if (fault == null && (newVersion <= version || newCount < updateCount)) {
            fault = "answer %d came back with version %d and %d updates, after version %d and %d updates"
                    .formatted(sent, newVersion, newCount, version, updateCount);
        }
        version = newVersion;
        updateCount = newCount;
    }
}
