package io.turnwise.bidding;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.turnwise.bidding.SessionAnswer.SessionView;
import io.turnwise.bidding.terms.PriceRule;
import io.turnwise.bidding.terms.RebidRule;
import io.turnwise.bidding.terms.Scoring;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.bidding.terms.TimeUnit;
import io.turnwise.http.Ids;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** A live auction to look at: a few made-up members bid in one session after the other, faster as its end comes near. */
public final class Demo {

    private sealed interface Tick extends NoSerializationVerificationNeeded {
        record Start() implements Tick {}

        record Started(String session, SessionTerms terms) implements Tick {}

        record Bid(String session, SessionTerms terms) implements Tick {}
    }

    private static final String TENANT = "default";
    private static final List<String> NAMES = List.of(
            "Ada", "Blaise", "Carl Friedrich", "Dorothea", "Emmy", "Florence", "Grace", "Hypatia", "Isaac", "Joan");
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final long UPSET_CENTS = 1_000;
    private static final long PAUSE_MILLIS_MAX = 3_000;
    private static final long PAUSE_MILLIS_MIN = 150;

    private final BiddingSessions sessions;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Ids ids;
    private int number;

    private Demo(BiddingSessions sessions, InstantSource clock, RandomGenerator random) {
        this.sessions = sessions;
        this.clock = clock;
        this.random = random;
        this.ids = new Ids(random);
    }

    public static void start(
            ActorSystem<?> system, BiddingSessions sessions, InstantSource clock, RandomGenerator random) {
        system.systemActorOf(new Demo(sessions, clock, random).behavior(), "demo", Props.empty());
    }

    private Behavior<Tick> behavior() {
        return Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new Tick.Start(), Duration.ZERO);
            return Behaviors.receive((context, tick) -> {
                if (tick instanceof Tick.Start) {
                    String session = ids.random();
                    SessionTerms terms = terms(++number);
                    context.pipeToSelf(
                            sessions.ask(
                                    TENANT,
                                    session,
                                    Caller.of(Caller.SYSTEM),
                                    new SessionCommand.ScheduleSession(terms)),
                            (reply, failure) -> reply instanceof Reply.Accepted accepted
                                    ? new Tick.Started(session, ((SessionView) accepted.answer()).terms())
                                    : new Tick.Start());
                } else if (tick instanceof Tick.Started started) {
                    timers.startSingleTimer(new Tick.Bid(started.session(), started.terms()), Duration.ZERO);
                } else if (tick instanceof Tick.Bid bid) {
                    bidAndGoOn(bid, timers);
                }
                return Behaviors.same();
            });
        });
    }

    private SessionTerms terms(int session) {
        long nowMillis = clock.millis();
        return new SessionTerms(
                "Demo auction " + session + ": five antique slide rules",
                "Made-up members bid by themselves. Register, log in and outbid them; five bids win.",
                UPSET_CENTS,
                5,
                new Scoring(1_000_000, 100_000_000, 1_000_000, TimeUnit.SECONDS),
                nowMillis,
                nowMillis + LENGTH.toMillis(),
                RebidRule.REPLACE,
                PriceRule.UNIFORM_KTH);
    }

    private void bidAndGoOn(Tick.Bid bid, TimerScheduler<Tick> timers) {
        long leftMillis = bid.terms().endsAtMillis() - clock.millis();
        if (leftMillis <= 0) {
            timers.startSingleTimer(new Tick.Start(), Duration.ofSeconds(5));
            return;
        }
        int who = random.nextInt(NAMES.size());
        double passed = 1 - (double) leftMillis / LENGTH.toMillis();
        long priceCents = UPSET_CENTS + (long) (passed * 20_000) + random.nextInt(3_000);
        PlaceBid command = new PlaceBid(NAMES.get(who), 100 + who * 10, priceCents);
        CompletableFuture<Reply> unused = sessions.ask(TENANT, bid.session(), Caller.of("demo-" + who), command);
        long pauseMillis =
                Math.max(PAUSE_MILLIS_MIN, (long) (PAUSE_MILLIS_MAX * (1 - passed) * (0.5 + random.nextDouble())));
        timers.startSingleTimer(bid, Duration.ofMillis(pauseMillis));
    }
}
