package io.turnwise.learner;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.turnwise.http.Viewer;
import io.turnwise.http.feed.FeedEncoder;
import io.turnwise.http.feed.FeedSource;
import io.turnwise.journal.Json;
import io.turnwise.journal.Replay;
import io.turnwise.learner.LearnerAnswer.LearnerView;
import io.turnwise.turn.Message;
import io.turnwise.turn.News;
import io.turnwise.turn.Notice;
import java.time.Instant;
import java.util.function.Predicate;

/** Where the live feeds of learners come from, and how their messages look; who may read one has been asked before. */
final class LearnerFeeds implements FeedSource, FeedEncoder {

    private final Learners learners;
    private final Replay replay;

    LearnerFeeds(Learners learners, Replay replay) {
        this.learners = learners;
        this.replay = replay;
    }

    @Override
    public void watch(String entityId, ActorRef<News> watcher, boolean anew) {
        learners.watch(entityId, watcher, anew);
    }

    @Override
    public void missed(String entityId, Message.Missed missed) {
        learners.missed(entityId, missed);
    }

    @Override
    public Replay.Noticed read(String entityId, long since, long upTo, Predicate<Notice> wanted, int atMost) {
        return replay.notices(Learners.definition(), entityId, since, upTo, wanted, atMost);
    }

    @Override
    public byte[] state(News.State state, Viewer viewer, Instant at) {
        LearnerView view = (LearnerView) state.state();
        return bytes(new WatchJson.Message(
                "learner_update", null, state.version(), LearnerJson.LearnerStateJson.of(view, state.version())));
    }

    @Override
    public byte[] notice(String entityId, Notice notice, Viewer viewer) {
        return notice.body() instanceof WatchAnswer.Restarted restarted
                ? bytes(message("learner_reset", notice, WatchJson.RestartedJson.of(restarted)))
                : bytes(message("decision_made", notice, WatchJson.StepJson.of((WatchAnswer.Step) notice.body())));
    }

    @Override
    public byte[] erased(String entityId, long sequence, Instant at) {
        return bytes(new WatchJson.Message("learner_erased", null, sequence, new WatchJson.ErasedJson(at)));
    }

    private static WatchJson.Message message(String type, Notice notice, Object body) {
        return new WatchJson.Message(type, notice.id(), notice.id(), body);
    }

    private static byte[] bytes(WatchJson.Message message) {
        try {
            return Json.STORED.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a message", e);
        }
    }
}
