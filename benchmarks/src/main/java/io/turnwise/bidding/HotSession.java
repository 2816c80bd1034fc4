package io.turnwise.bidding;

import akka.actor.CoordinatedShutdown;
import com.typesafe.config.ConfigFactory;
import io.turnwise.bidding.redis.RedisBoards;
import io.turnwise.bidding.terms.PriceRule;
import io.turnwise.bidding.terms.RebidRule;
import io.turnwise.bidding.terms.Scoring;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.bidding.terms.TimeUnit;
import io.turnwise.cluster.Engine;
import io.turnwise.journal.EventCatalog;
import io.turnwise.projection.AlarmView;
import io.turnwise.projection.Redis;
import io.turnwise.stores.DataFolder;
import io.turnwise.stores.Migrations;
import io.turnwise.stores.StoreSettings;
import io.turnwise.stores.Stores;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Durable bids a second on one hot session, in the process: so many bids in flight, each answered when its turn is in the
 * journal of an embedded Postgres with fsync on. Load driver, node and database share the machine.
 *
 * <p>Arguments: seconds of one round, bids in flight, {@code views} or {@code journal} (whether the projections run too).
 */
public final class HotSession {

    private static final int ROUNDS = 5;
    private static final int BIDDERS = 1_000;

    private final BiddingSessions sessions;
    private final String session;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile ConcurrentHistogram micros = new ConcurrentHistogram(60_000_000L, 3);
    private volatile boolean running = true;

    private HotSession(BiddingSessions sessions, String session) {
        this.sessions = sessions;
        this.session = session;
    }

    public static void main(String[] args) throws Exception {
        int seconds = Integer.parseInt(args[0]);
        int inFlight = Integer.parseInt(args[1]);
        boolean views = args[2].equals("views");
        Path path = Files.createTempDirectory("turnwise-benchmark");
        DataFolder folder = DataFolder.open(path.resolve("data"), Duration.ZERO);
        Stores stores = Stores.open(StoreSettings.embedded(), folder);
        try {
            Migrations.apply(stores.postgres());
            Engine engine = Engine.start(
                    stores.postgres(),
                    EventCatalog.of(BiddingNames.ALL),
                    "a secret of the benchmark",
                    InstantSource.system(),
                    ConfigFactory.empty());
            BiddingSessions sessions = new BiddingSessions(engine.mailboxes(BiddingSessions.DEFINITION));
            Redis redis = new Redis(stores.redisUri(), engine.config());
            if (views) {
                engine.projections()
                        .start(new BoardProjection(new RedisBoards(redis), engine.replay(), engine.blocking()));
                engine.projections().start(new SessionProjection());
                engine.projections().start(new AlarmView());
            }
            new HotSession(sessions, "hot").run(seconds, inFlight);
            CoordinatedShutdown.get(engine.system())
                    .runAll(CoordinatedShutdown.jvmExitReason())
                    .toCompletableFuture()
                    .join();
            redis.close();
            engine.close();
        } finally {
            stores.close();
            folder.close();
            try (var files = Files.walk(path)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        System.exit(0);
    }

    private void run(int seconds, int inFlight) throws InterruptedException {
        long nowMillis = System.currentTimeMillis();
        SessionTerms terms = new SessionTerms(
                "Hot session", null, 1, 10, new Scoring(1_000_000, 100_000_000, 1_000_000, TimeUnit.MILLISECONDS),
                nowMillis, nowMillis + 3_600_000, RebidRule.REPLACE, PriceRule.UNIFORM_KTH);
        Reply scheduled = ask();
        while (!(scheduled instanceof Reply.Accepted)) {
            scheduled = sessions.ask("default", session, Caller.of("bench"), new SessionCommand.ScheduleSession(terms))
                    .join();
        }
        for (int lane = 0; lane < inFlight; lane++) {
            bid(new Lane(lane));
        }
        System.out.printf("%-6s %12s %9s %9s %9s %9s%n", "round", "bids/s", "p50 ms", "p95 ms", "p99 ms", "refused");
        for (int round = 1; round <= ROUNDS; round++) {
            micros = new ConcurrentHistogram(60_000_000L, 3);
            long before = accepted.get();
            long startNanos = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            double took = (System.nanoTime() - startNanos) / 1e9;
            System.out.printf(
                    "%-6d %,12.0f %9.2f %9.2f %9.2f %9d%n",
                    round,
                    (accepted.get() - before) / took,
                    micros.getValueAtPercentile(50) / 1000.0,
                    micros.getValueAtPercentile(95) / 1000.0,
                    micros.getValueAtPercentile(99) / 1000.0,
                    refused.get());
        }
        running = false;
    }

    private Reply ask() {
        return sessions.ask("default", session, Caller.of("bench"), new SessionRead.ReadSession())
                .join();
    }

    /** One of the bids in flight, and who makes it. */
    private record Lane(SplittableRandom random, Caller caller, String name, int weightHundredths) {
        private Lane(int number) {
            this(
                    new SplittableRandom(number),
                    Caller.of("bidder-%015d".formatted(number % BIDDERS)),
                    "Bidder " + number % BIDDERS,
                    100 + number % 100);
        }
    }

    private void bid(Lane lane) {
        PlaceBid bid = new PlaceBid(lane.name(), lane.weightHundredths(), 1 + lane.random().nextInt(100_000));
        long startNanos = System.nanoTime();
        sessions.ask("default", session, lane.caller(), bid).whenComplete((reply, failure) -> {
            micros.recordValue(Math.min(59_000_000L, (System.nanoTime() - startNanos) / 1000));
            (reply instanceof Reply.Accepted ? accepted : refused).incrementAndGet();
            if (running) {
                bid(lane);
            }
        });
    }
}
