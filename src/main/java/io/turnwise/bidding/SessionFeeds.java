package io.turnwise.bidding;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.turnwise.bidding.SessionAnswer.BidAccepted;
import io.turnwise.bidding.SessionAnswer.SessionFeed;
import io.turnwise.http.Viewer;
import io.turnwise.http.feed.FeedEncoder;
import io.turnwise.http.feed.FeedSource;
import io.turnwise.journal.Json;
import io.turnwise.journal.Replay;
import io.turnwise.turn.Message;
import io.turnwise.turn.News;
import io.turnwise.turn.Notice;
import java.time.Instant;
import java.util.function.Predicate;

/** Where the live feeds of sessions come from, and how their messages look. */
final class SessionFeeds implements FeedSource, FeedEncoder {

    private final BiddingSessions sessions;
    private final Replay replay;

    SessionFeeds(BiddingSessions sessions, Replay replay) {
        this.sessions = sessions;
        this.replay = replay;
    }

    @Override
    public void watch(String entityId, ActorRef<News> watcher, boolean anew) {
        sessions.watch(entityId, watcher, anew);
    }

    @Override
    public void missed(String entityId, Message.Missed missed) {
        sessions.missed(entityId, missed);
    }

    @Override
    public Replay.Noticed read(String entityId, long since, long upTo, Predicate<Notice> wanted, int atMost) {
        return replay.notices(BiddingSessions.DEFINITION, entityId, since, upTo, wanted, atMost);
    }

    @Override
    public byte[] state(News.State state, Viewer viewer, Instant at) {
        SessionFeed feed = (SessionFeed) state.state();
        if (!viewer.sees(feed.hidden())) {
            return new byte[0]; // that a state has changed would tell when and how often others bid
        }
        return bytes(new FeedJson.Message(
                "leaderboard_update",
                null,
                state.version(),
                SessionJson.FeedBoard.of(session(state.entityId()), feed, at)));
    }

    @Override
    public byte[] notice(String entityId, Notice notice, Viewer viewer) {
        String session = session(entityId);
        if (notice.body() instanceof SessionNotice.SessionChange change) {
            return bytes(message(change.type(), notice, FeedJson.Change.of(session, change)));
        }
        if (notice.body() instanceof SessionNotice.Retracted retracted) {
            return bytes(message(
                    "bid_retracted",
                    notice,
                    new FeedJson.Retracted(session, retracted.reason(), Instant.ofEpochMilli(retracted.atMillis()))));
        }
        if (notice.body() instanceof SessionNotice.Outbid outbid) {
            return bytes(message("outbid", notice, FeedJson.Outbid.of(session, outbid)));
        }
        return bytes(message("bid_accepted", notice, SessionJson.Accepted.of(session, (BidAccepted) notice.body())));
    }

    private static FeedJson.Message message(String type, Notice notice, Object body) {
        return new FeedJson.Message(type, notice.id(), notice.id(), body);
    }

    private static String session(String entityId) {
        return entityId.substring(entityId.indexOf(':') + 1);
    }

    static byte[] bytes(Object message) {
        try {
            return Json.STORED.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a message", e);
        }
    }
}
