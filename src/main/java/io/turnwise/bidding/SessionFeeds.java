package io.turnwise.bidding;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.turnwise.bidding.SessionAnswer.SessionFeed;
import io.turnwise.http.EventStreams;
import io.turnwise.http.Feeds;
import io.turnwise.journal.Json;
import io.turnwise.turn.Message.Update;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The live feeds of sessions: the board as it is now, and what happens to the session itself. */
final class SessionFeeds {

    private final Feeds feeds;
    private final InstantSource clock;

    SessionFeeds(ActorSystem<?> system, BiddingSessions sessions, InstantSource clock) {
        this.clock = clock;
        this.feeds = new Feeds(
                system,
                BiddingSessions.DEFINITION.type(),
                sessions::watch,
                this::encode,
                system.settings().config().getDuration("turnwise.http.feed-renewal"));
    }

    Source<ByteString, NotUsed> messages(String tenant, String session) {
        return feeds.messages(tenant + ":" + session);
    }

    private List<ByteString> encode(@Nullable Update before, Update update) {
        SessionFeed feed = (SessionFeed) update.state();
        String session = update.entityId().substring(update.entityId().indexOf(':') + 1);
        List<ByteString> messages = new ArrayList<>(2);
        messages.add(message("leaderboard_update", update, SessionJson.FeedBoard.of(session, feed, clock.instant())));
        String happened = before == null ? null : happened(((SessionFeed) before.state()).phase(), feed.phase());
        if (happened != null) {
            messages.add(message(happened, update, Map.of("session_id", session)));
        }
        return messages;
    }

    private static @Nullable String happened(Phase before, Phase now) {
        if (before == now) {
            return null;
        }
        return switch (now) {
            case OPEN -> "session_opened";
            case SETTLED -> "session_settled";
            case CANCELLED -> "session_cancelled";
            case UNSCHEDULED, SCHEDULED, PAUSED -> null;
        };
    }

    private static ByteString message(String type, Update update, Object body) {
        try {
            byte[] json = Json.STORED.writeValueAsBytes(new SessionJson.FeedMessage(type, update.version(), body));
            return EventStreams.message(ByteString.fromArrayUnsafe(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a feed message", e);
        }
    }
}
