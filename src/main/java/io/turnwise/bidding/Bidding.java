package io.turnwise.bidding;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.turnwise.bidding.redis.RedisBoards;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Ids;
import io.turnwise.http.feed.EventStreams;
import io.turnwise.http.feed.Feeds;
import io.turnwise.journal.Replay;
import io.turnwise.projection.Redis;
import io.turnwise.projection.View;
import io.turnwise.projection.stream.Publication;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;

/** What this domain hands to a node: endpoints, views, and who keeps its boards right. */
public final class Bidding {

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<View> views;
    private final BoardKeeper keeper;

    /**
     * Puts the domain together; nothing runs yet but its feeds.
     *
     * @param blocking for work that blocks; bounded
     */
    public Bidding(
            ActorSystem<?> system,
            BiddingSessions sessions,
            Replay replay,
            Jdbi jdbi,
            Redis redis,
            Executor blocking,
            InstantSource clock,
            Ids ids,
            EventStreams streams) {
        RedisBoards boards = new RedisBoards(redis);
        BoardProjection projection = new BoardProjection(boards, replay, blocking);
        SessionLists lists = new SessionLists(jdbi);
        this.keeper = new BoardKeeper(system, lists, boards, projection, replay, blocking);
        SessionListing listing = new SessionListing(lists, sessions, blocking, projection::filled);
        SessionFeeds source = new SessionFeeds(sessions, replay);
        Feeds feeds = new Feeds(system, BiddingSessions.DEFINITION.type(), source, source, clock, blocking);
        endpoints.addAll(new BiddingRoutes(sessions, listing, boards, feeds, streams).endpoints());
        Config config = system.settings().config();
        PastBids past = new PastBids(replay, blocking, config);
        SessionAudit audit = new SessionAudit(sessions, replay, boards, lists);
        endpoints.addAll(new HistoryRoutes(sessions, past, audit, config).endpoints());
        endpoints.addAll(new BulkRoutes(system, sessions, clock).endpoints());
        endpoints.addAll(new SessionAdminRoutes(sessions, listing, ids, clock).endpoints());
        this.views = List.of(projection, new SessionProjection());
    }

    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** What others may read of sessions, once the settings name the stream. */
    public static final Publication PUBLICATION = SessionPublication.PUBLICATION;

    public List<View> views() {
        return views;
    }

    /** Starts comparing boards with the journal, now and from time to time. */
    public void start() {
        keeper.start();
    }
}
