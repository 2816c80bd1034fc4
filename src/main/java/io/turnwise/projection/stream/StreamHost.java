package io.turnwise.projection.stream;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.turnwise.journal.JournalReader;
import io.turnwise.journal.Outage;
import io.turnwise.projection.Daemons;
import io.turnwise.projection.Redis;
import io.turnwise.projection.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the streams that the settings name, each from one place in the whole cluster. */
public final class StreamHost {

    private static final Logger log = LoggerFactory.getLogger(StreamHost.class);

    private record Tick() implements akka.actor.NoSerializationVerificationNeeded {}

    private record Next(Duration pause) implements akka.actor.NoSerializationVerificationNeeded {}

    private final ActorSystem<?> system;
    private final JournalReader reader;
    private final Redis redis;
    private final Executor blocking;
    private final Outage outage;
    private final StreamSettings settings;
    private final StreamLedger ledger;
    private final Outbox outbox;
    private final StreamDeadLetters letters;
    private final StreamCounters counters = new StreamCounters();

    public StreamHost(
            ActorSystem<?> system, JournalReader reader, Jdbi jdbi, Redis redis, Executor blocking, Outage outage) {
        this.system = system;
        this.reader = reader;
        this.redis = redis;
        this.blocking = blocking;
        this.outage = outage;
        this.settings = StreamSettings.of(system.settings().config());
        this.ledger = new StreamLedger(jdbi);
        this.outbox = new Outbox(jdbi);
        this.letters = new StreamDeadLetters(jdbi);
    }

    /**
     * The views that fill those streams that the settings name; to be started with all other views.
     *
     * @throws IllegalArgumentException when the settings name one that nobody publishes
     */
    public List<View> views(List<Publication> publications) {
        List<String> known = publications.stream().map(Publication::stream).toList();
        for (String stream : settings.published()) {
            if (!known.contains(stream)) {
                throw new IllegalArgumentException(
                        "turnwise.streams.published names " + stream + ", but there are " + known + " only");
            }
        }
        return named(publications)
                .<View>map(publication -> new StreamRelay(
                        publication, stream(publication), ledger, settings, blocking, redis.outage(), counters))
                .toList();
    }

    /** Starts what keeps those streams whole and sends rows of the outbox to them. */
    public void start(List<Publication> publications) {
        named(publications).forEach(this::start);
        if (!settings.published().isEmpty()) {
            repeat("stream-cleaner", () -> this::clean);
        }
    }

    private Stream<Publication> named(List<Publication> publications) {
        return publications.stream().filter(publication -> settings.published().contains(publication.stream()));
    }

    private RedisStream stream(Publication publication) {
        return new RedisStream(redis, publication.stream(), settings.lengthMax());
    }

    private void start(Publication publication) {
        RedisStream stream = stream(publication);
        repeat(
                publication.viewName() + "-keeper",
                () -> new StreamKeeper(publication, stream, ledger, outbox, reader, settings, counters)::step);
        repeat(
                publication.viewName() + "-outbox",
                () -> new OutboxRelay(
                                publication.stream(),
                                stream,
                                ledger,
                                outbox,
                                settings,
                                redis.outage()::explains,
                                counters)::step);
    }

    private Duration clean() {
        outbox.clean(settings.outbox().kept());
        letters.clean(settings.lettersKept());
        return settings.cleanInterval();
    }

    /** What this node has sent since the start. */
    public StreamCounters counters() {
        return counters;
    }

    /** Does it again and again, once in the whole cluster at a time. */
    private void repeat(String name, Supplier<Supplier<Duration>> work) {
        Daemons.start(system, Object.class, name, 1, worker -> repeating(work.get()), Optional.empty());
    }

    private Behavior<Object> repeating(Supplier<Duration> work) {
        return Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new Tick(), Duration.ZERO);
            return Behaviors.receive((context, message) -> {
                if (message instanceof Next next) {
                    timers.startSingleTimer(new Tick(), next.pause());
                } else {
                    context.pipeToSelf(
                            CompletableFuture.supplyAsync(work, blocking),
                            (pause, failure) -> new Next(failure == null ? pause : afterFailure(failure)));
                }
                return Behaviors.same();
            });
        });
    }

    private Duration afterFailure(Throwable failure) {
        if (!outage.explains(failure) && !redis.outage().explains(failure)) {
            log.warn("A stream cannot be looked after just now", failure);
        }
        return settings.keepInterval();
    }
}
