package io.turnwise.learner;

import akka.actor.typed.ActorSystem;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Ids;
import io.turnwise.http.feed.EventStreams;
import io.turnwise.http.feed.Feeds;
import io.turnwise.journal.Replay;
import io.turnwise.turn.Mailboxes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The learners of a node and what is served of them. */
public final class Learning {

    private final LearnerMeters meters = new LearnerMeters();
    private final List<Endpoint> endpoints = new ArrayList<>();

    /**
     * Puts the domain together.
     *
     * @param mailboxes of {@link Learners#definition}
     * @param blocking for work that blocks; bounded
     */
    public Learning(
            ActorSystem<?> system,
            Mailboxes<Learner> mailboxes,
            Replay replay,
            Executor blocking,
            InstantSource clock,
            Ids ids,
            EventStreams streams) {
        Learners learners = new Learners(mailboxes, system, meters);
        PastDecisions past =
                new PastDecisions(replay, blocking, system.settings().config());
        endpoints.addAll(new LearnerRoutes(learners, ids, meters).endpoints());
        endpoints.addAll(new ProfileRoutes(learners).endpoints());
        endpoints.addAll(new InsightRoutes(learners, past).endpoints());
        LearnerFeeds source = new LearnerFeeds(learners, replay);
        Feeds feeds = new Feeds(system, Learners.definition().type(), source, source, clock, blocking);
        endpoints.addAll(new WatchRoutes(learners, feeds, streams).endpoints());
        endpoints.addAll(
                new RightsRoutes(learners, replay, blocking, system.settings().config()).endpoints());
    }

    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** What is counted of all of them. */
    public MeterBinder meters() {
        return meters;
    }
}
