package io.turnwise.cluster;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.turnwise.account.AccountNames;
import io.turnwise.account.AccountRoutes;
import io.turnwise.account.MemberView;
import io.turnwise.account.Members;
import io.turnwise.account.Passwords;
import io.turnwise.bidding.Bidding;
import io.turnwise.bidding.BiddingNames;
import io.turnwise.bidding.BiddingSessions;
import io.turnwise.console.Console;
import io.turnwise.http.ApiDocument;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Ids;
import io.turnwise.http.Tokens;
import io.turnwise.http.feed.EventStreams;
import io.turnwise.journal.EventCatalog;
import io.turnwise.journal.JournalReader;
import io.turnwise.journal.SnapshotShelf;
import io.turnwise.journal.TurnSerializer;
import io.turnwise.learner.LearnerNames;
import io.turnwise.learner.Learners;
import io.turnwise.learner.Learning;
import io.turnwise.operations.Operations;
import io.turnwise.projection.AlarmClock;
import io.turnwise.projection.AlarmView;
import io.turnwise.projection.Redis;
import io.turnwise.projection.View;
import io.turnwise.projection.stream.StreamHost;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Mailboxes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All domains of a node, put together: the only place that knows every one of them. */
final class Domains {

    /** Of the document of all that can be called; below {@code openapi}. */
    static final List<String> API_PARTS = List.of(
            "openapi",
            "ops",
            "account",
            "bidding",
            "bidding-schemas",
            "bidding-admin",
            "history",
            "feeds",
            "learner",
            "learner-schemas",
            "learner-profile",
            "learner-insight",
            "learner-watch",
            "learner-rights",
            "learner-growth",
            "learner-examples",
            "journal",
            "projections",
            "projections-schemas",
            "journal-schemas");

    private final Engine engine;
    private final Map<String, Mailboxes<?>> mailboxesByType = new HashMap<>();
    private final Members members;
    private final BiddingSessions sessions;
    private final Bidding bidding;
    private final List<Definition<?>> definitions = new ArrayList<>();
    private final Operations operations;
    private final Learning learning;
    private final StreamHost streamHost;
    private final List<Endpoint> endpoints = new ArrayList<>();

    /** The names of everything that is stored or sent. */
    static EventCatalog catalog() {
        return EventCatalog.of(AccountNames.ALL, BiddingNames.ALL, LearnerNames.ALL);
    }

    Domains(Engine engine, Redis redis, Tokens tokens, String secret, EventStreams streams, SecureRandom random) {
        this.engine = engine;
        this.members = new Members(mailboxes(Members.definition()), new Passwords(engine.config()), random, secret);
        this.sessions = new BiddingSessions(mailboxes(BiddingSessions.DEFINITION));
        Ids ids = new Ids(random);
        this.bidding = new Bidding(
                engine.system(),
                sessions,
                engine.replay(),
                engine.jdbi(),
                redis,
                engine.blocking(),
                engine.clock(),
                ids,
                streams);
        this.streamHost = new StreamHost(
                engine.system(),
                new JournalReader(engine.jdbi(), new TurnSerializer(catalog())),
                engine.jdbi(),
                redis,
                engine.blocking(),
                engine.outage());
        endpoints.addAll(Console.endpoints());
        endpoints.addAll(ApiDocument.endpoints(API_PARTS));
        endpoints.addAll(new AccountRoutes(members, tokens, engine.jdbi(), engine.blocking()).endpoints());
        endpoints.addAll(bidding.endpoints());
        this.learning = new Learning(
                engine.system(),
                mailboxes(Learners.definition()),
                engine.replay(),
                engine.blocking(),
                engine.clock(),
                ids,
                streams);
        endpoints.addAll(learning.endpoints());
        this.operations = new Operations(
                engine.system(), definitions, journal(), engine.projectionDesk(), engine.blocking(), engine.clock());
        endpoints.addAll(operations.endpoints());
    }

    private Operations.Journal journal() {
        return new Operations.Journal(
                engine.replay(),
                engine.readable(),
                engine.snapshots(),
                new SnapshotShelf(engine.jdbi()),
                engine.outage());
    }

    private <S> Mailboxes<S> mailboxes(Definition<S> definition) {
        Mailboxes<S> mailboxes = engine.mailboxes(definition);
        mailboxesByType.put(definition.type(), mailboxes);
        definitions.add(definition);
        return mailboxes;
    }

    /** Starts what carries turns into views, and what wakes sleeping entities. */
    void start() {
        List<View> views = new ArrayList<>(bidding.views());
        views.add(new AlarmView());
        views.add(new MemberView());
        views.addAll(streamHost.views(List.of(Bidding.PUBLICATION)));
        engine.projections().start(views.toArray(View[]::new));
        bidding.start();
        operations.start();
        streamHost.start(List.of(Bidding.PUBLICATION));
        AlarmClock.start(
                engine.system(), engine.jdbi(), engine.blocking(), engine.outage(), engine.clock(), this::wake);
    }

    private void wake(String persistenceId) {
        int bar = persistenceId.indexOf('|');
        Mailboxes<?> mailboxes = mailboxesByType.get(persistenceId.substring(0, bar));
        if (mailboxes != null) {
            mailboxes.wake(persistenceId.substring(bar + 1));
        }
    }

    Members members() {
        return members;
    }

    BiddingSessions sessions() {
        return sessions;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** What each of them counts and measures. */
    List<MeterBinder> meters() {
        return List.of(learning.meters());
    }
}
