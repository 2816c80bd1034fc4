package io.turnwise.http.feed;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.Principal;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Viewer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The live feeds of one kind of entity that are read on this node: one watcher per entity however many read it, each message written
 * once, and a reader who is too slow skips to the newest state.
 */
public final class Feeds {

    /**
     * Who wants to read what.
     *
     * @param entityId {@code <tenant>:<id>}
     * @param subject of the token; null without one
     * @param since the version up to which he has had everything, or {@link Reader#FROM_NOW}
     */
    record Joining(String entityId, Viewer viewer, @Nullable String subject, long since) {}

    private static final Pattern SINCE = Pattern.compile("\\d{1,18}");

    private final ActorRef<FeedHub.Event> hub;

    /**
     * Starts the hub of one kind of entity.
     *
     * @param blocking for reading journals; bounded
     */
    public Feeds(
            ActorSystem<?> system,
            String kind,
            FeedSource source,
            FeedEncoder encoder,
            InstantSource clock,
            Executor blocking) {
        FeedSettings settings = FeedSettings.of(system.settings().config());
        this.hub = system.systemActorOf(
                FeedHub.create(new FeedHub.Surroundings(source, encoder, settings, clock, blocking)),
                "feeds-" + kind,
                Props.empty());
    }

    /**
     * Reads off a request whose feed is wanted: by {@code Last-Event-ID}, which browsers send, or {@code ?since=}.
     *
     * @throws ProblemException when that is no version
     */
    static Joining joining(Exchange exchange, String entityId) {
        Optional<Principal> principal = exchange.anyPrincipal();
        Optional<String> since = exchange.request()
                .getHeader("Last-Event-ID")
                .map(akka.http.javadsl.model.HttpHeader::value)
                .or(() -> exchange.query("since"));
        if (since.isPresent() && !SINCE.matcher(since.get()).matches()) {
            throw new ProblemException(
                    HttpRejection.INVALID_PARAMETER,
                    "since and Last-Event-ID are the id of the last event that was received.",
                    null);
        }
        return new Joining(
                entityId,
                Viewer.of(principal),
                principal.map(Principal::subject).orElse(null),
                since.map(Long::parseLong).orElse(Reader.FROM_NOW));
    }

    Reader join(Joining joining, Form form, Runnable signal) {
        Reader reader = new Reader(this, joining, form, signal);
        hub.tell(new FeedHub.Event.Joined(reader));
        return reader;
    }

    /** He has had all up to {@code version} and does not find here what follows. */
    void more(Reader reader, long version) {
        hub.tell(new FeedHub.Event.More(reader, version));
    }

    void leave(Reader reader) {
        hub.tell(new FeedHub.Event.Left(reader));
    }
}
