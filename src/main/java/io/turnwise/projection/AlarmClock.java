package io.turnwise.projection;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import com.typesafe.config.Config;
import io.turnwise.journal.Outage;
import io.turnwise.journal.Slices;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes sleeping entities a while before their alarm is due, and again with growing pauses until a later turn changes the
 * alarm. An entity that is awake has its own timer and acts on time.
 */
public final class AlarmClock {

    private static final Logger log = LoggerFactory.getLogger(AlarmClock.class);

    /**
     * Bounds, from {@code turnwise.alarms}.
     *
     * @param lead how long before it is due an entity is woken; shorter than the time after which idle entities sleep
     * @param interval between two looks at the table
     * @param againMax longest pause before an entity whose alarm stays is woken again
     * @param pageAlarms alarms read at a time, soonest first
     */
    public record Settings(Duration lead, Duration interval, Duration againMax, int pageAlarms) {
        public static Settings of(Config config) {
            Config alarms = config.getConfig("turnwise.alarms");
            return new Settings(
                    alarms.getDuration("lead"),
                    alarms.getDuration("interval"),
                    alarms.getDuration("again-max"),
                    alarms.getInt("page-alarms"));
        }
    }

    private sealed interface Tick {
        record Look() implements Tick, akka.actor.NoSerializationVerificationNeeded {}

        record Found(List<Alarm> alarms) implements Tick, akka.actor.NoSerializationVerificationNeeded {}
    }

    private record Alarm(String persistenceId, long wakeAtMillis) {}

    /** What was woken, when next it will be if the alarm stays, and how long the pause after that is. */
    private record Woken(long wakeAtMillis, long againAtMillis, long pauseMillis) {}

    private final Settings settings;
    private final Slices.Range slices;
    private final Jdbi jdbi;
    private final Executor blocking;
    private final Outage outage;
    private final InstantSource clock;
    private final Consumer<String> wake;
    private Map<String, Woken> woken = new HashMap<>();

    private AlarmClock(
            Settings settings,
            Slices.Range slices,
            Jdbi jdbi,
            Executor blocking,
            Outage outage,
            InstantSource clock,
            Consumer<String> wake) {
        this.settings = settings;
        this.slices = slices;
        this.jdbi = jdbi;
        this.blocking = blocking;
        this.outage = outage;
        this.clock = clock;
        this.wake = wake;
    }

    /**
     * Starts one clock per range of slices in the whole cluster.
     *
     * @param wake takes the persistence id of an entity to be woken
     */
    public static void start(
            ActorSystem<?> system,
            Jdbi jdbi,
            Executor blocking,
            Outage outage,
            InstantSource clock,
            Consumer<String> wake) {
        Settings settings = Settings.of(system.settings().config());
        List<Slices.Range> ranges = Slices.ranges(system.settings().config().getInt("turnwise.projection.workers"));
        Daemons.start(
                system,
                Tick.class,
                "alarm-clock",
                ranges.size(),
                worker -> new AlarmClock(settings, ranges.get(worker), jdbi, blocking, outage, clock, wake).ticking(),
                Optional.empty());
    }

    private Behavior<Tick> ticking() {
        return Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new Tick.Look(), Duration.ZERO);
            return Behaviors.receive((context, tick) -> {
                if (tick instanceof Tick.Found found) {
                    wakeDue(found.alarms());
                    nextLook(timers);
                } else {
                    context.pipeToSelf(
                            CompletableFuture.supplyAsync(this::soon, blocking),
                            (alarms, failure) -> new Tick.Found(failure == null ? alarms : failed(failure)));
                }
                return Behaviors.same();
            });
        });
    }

    private void nextLook(TimerScheduler<Tick> timers) {
        timers.startSingleTimer(new Tick.Look(), settings.interval());
    }

    private List<Alarm> failed(Throwable failure) {
        if (!outage.explains(failure)) {
            log.warn("Alarms cannot be read just now: {}", failure.getMessage());
        }
        return List.of();
    }

    private List<Alarm> soon() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT persistence_id, wake_at FROM alarm"
                        + " WHERE wake_at <= :until AND slice BETWEEN :first AND :last ORDER BY wake_at LIMIT :limit")
                .bind("until", clock.millis() + settings.lead().toMillis())
                .bind("first", slices.first())
                .bind("last", slices.last())
                .bind("limit", settings.pageAlarms())
                .map((row, context) -> new Alarm(row.getString("persistence_id"), row.getLong("wake_at")))
                .list());
    }

    private void wakeDue(List<Alarm> alarms) {
        long nowMillis = clock.millis();
        Map<String, Woken> still = new HashMap<>();
        for (Alarm alarm : alarms) {
            Woken before = woken.get(alarm.persistenceId());
            if (before != null && before.wakeAtMillis() == alarm.wakeAtMillis() && before.againAtMillis() > nowMillis) {
                still.put(alarm.persistenceId(), before);
                continue;
            }
            wake.accept(alarm.persistenceId());
            long pauseMillis = before == null || before.wakeAtMillis() != alarm.wakeAtMillis()
                    ? settings.lead().toMillis()
                    : Math.min(before.pauseMillis() * 2, settings.againMax().toMillis());
            still.put(alarm.persistenceId(), new Woken(alarm.wakeAtMillis(), nowMillis + pauseMillis, pauseMillis));
        }
        woken = still;
    }
}
