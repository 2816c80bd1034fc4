package io.turnwise.learner;

import akka.actor.CoordinatedShutdown;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.turnwise.cluster.Engine;
import io.turnwise.http.Principal;
import io.turnwise.http.Role;
import io.turnwise.journal.EventCatalog;
import io.turnwise.stores.DataFolder;
import io.turnwise.stores.Migrations;
import io.turnwise.stores.StoreSettings;
import io.turnwise.stores.Stores;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Reply;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Learners under load, in the process: each answer is answered when its turn is in the journal of an embedded Postgres with
 * fsync on. Load driver, node and database share the machine.
 *
 * <p>Arguments, the first of them what to measure:
 *
 * <ul>
 *   <li>{@code offered USERS RATE SECONDS}: so many answers a second, over so many users in turn; time counts from when an
 *       answer was due, not from when it could be sent
 *   <li>{@code saturated USERS IN_FLIGHT SECONDS}: so many answers under way at each user
 *   <li>{@code rewards COUNT}: so many rewards for one user at once
 *   <li>{@code touched USERS}: so many users answer once
 *   <li>{@code recovered USERS EVENTS}: users of so many events each are left alone until they sleep, then read
 * </ul>
 */
public final class LearnerLoad {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int WORDS = 200;
    private static final long BETWEEN_ANSWERS_MILLIS = 10_000;

    private final Learners learners;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ConcurrentHistogram idleMicros = new ConcurrentHistogram(60_000_000L, 3);

    private LearnerLoad(Learners learners) {
        this.learners = learners;
    }

    public static void main(String[] args) throws Exception {
        Path path = Files.createTempDirectory("turnwise-benchmark");
        DataFolder folder = DataFolder.open(path.resolve("data"), Duration.ZERO);
        Stores stores = Stores.open(StoreSettings.embedded(), folder);
        try {
            Migrations.apply(stores.postgres());
            Config overrides = args[0].equals("recovered")
                    ? ConfigFactory.parseString(
                            "akka.cluster.sharding.passivation.awake.idle-entity.timeout = 500ms")
                    : ConfigFactory.empty();
            Engine engine = Engine.start(
                    stores.postgres(),
                    EventCatalog.of(LearnerNames.ALL),
                    "a secret of the benchmark",
                    InstantSource.system(),
                    overrides);
            LearnerLoad load = new LearnerLoad(new Learners(engine.mailboxes(Learners.definition()), engine.system(), new LearnerMeters()));
            load.awaitReady();
            load.watchMachine();
            switch (args[0]) {
                case "offered" -> load.offered(number(args, 1), number(args, 2), number(args, 3));
                case "saturated" -> load.saturated(number(args, 1), number(args, 2), number(args, 3));
                case "rewards" -> load.rewards(number(args, 1));
                case "touched" -> load.touched(number(args, 1));
                case "recovered" -> load.recovered(number(args, 1), number(args, 2));
                default -> throw new IllegalArgumentException("not a measurement: " + args[0]);
            }
            CoordinatedShutdown.get(engine.system())
                    .runAll(CoordinatedShutdown.jvmExitReason())
                    .toCompletableFuture()
                    .join();
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

    private static int number(String[] args, int place) {
        return Integer.parseInt(args[place]);
    }

    private void awaitReady() {
        while (!(answer(new User("first")).join() instanceof Reply.Accepted)) {
            Thread.onSpinWait();
        }
    }

    /** One who answers, each word again after a while, ten seconds after each other. */
    private static final class User {
        final Principal principal;
        final Caller caller;
        private int answered;
        private long atMillis;

        User(String name) {
            principal = new Principal(name, name, 100, Role.MEMBER, "default", Long.MAX_VALUE);
            caller = Caller.of(name);
            atMillis = System.currentTimeMillis() - Duration.ofDays(20).toMillis();
        }

        synchronized Report next() {
            int number = answered++;
            atMillis += BETWEEN_ANSWERS_MILLIS;
            return new Report(
                    "word-" + number * 7 % WORDS,
                    null,
                    number % 5 != 0,
                    1_500 + number % 13 * 100,
                    3_000,
                    number % 3,
                    0,
                    0,
                    0,
                    8,
                    null,
                    atMillis);
        }
    }

    private static List<User> users(String prefix, int count) {
        List<User> users = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            users.add(new User(prefix + "-" + i));
        }
        return users;
    }

    private CompletableFuture<Reply> answer(User user) {
        return learners.ask(
                user.principal,
                user.caller,
                new LearnerCommand.TakeAnswer(learners.origin(user.principal), user.next()));
    }

    private void count(Reply reply) {
        (reply instanceof Reply.Accepted ? accepted : refused).incrementAndGet();
    }

    private void offered(int count, int rate, int seconds) throws InterruptedException {
        List<User> users = users("user", count);
        head("offered " + rate + "/s over " + count + " users");
        for (int round = 1; round <= ROUNDS; round++) {
            ConcurrentHistogram micros = new ConcurrentHistogram(60_000_000L, 3);
            Semaphore open = new Semaphore(0);
            int total = rate * seconds;
            long before = accepted.get();
            long startNanos = System.nanoTime();
            for (int i = 0; i < total; i++) {
                long dueNanos = startNanos + (long) (i * 1e9 / rate);
                long wait = dueNanos - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
                answer(users.get(i % count)).whenComplete((reply, failure) -> {
                    micros.recordValue(Math.min(59_000_000L, (System.nanoTime() - dueNanos) / 1000));
                    count(reply);
                    open.release();
                });
            }
            open.acquire(total);
            line(round, accepted.get() - before, startNanos, micros);
        }
    }

    private void saturated(int count, int inFlight, int seconds) throws InterruptedException {
        head("saturated by " + inFlight + " under way at each of " + count + " users");
        List<User> users = users("user", count);
        AtomicReference<Round> current = new AtomicReference<>(new Round());
        for (User user : users) {
            for (int i = 0; i < inFlight; i++) {
                keepAnswering(user, current);
            }
        }
        for (int round = 1; round <= ROUNDS; round++) {
            Round measured = new Round();
            current.set(measured);
            long before = accepted.get();
            long startNanos = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            line(round, accepted.get() - before, startNanos, measured.micros);
        }
        current.set(new Round(true));
    }

    private record Round(ConcurrentHistogram micros, boolean last) {
        Round() {
            this(false);
        }

        Round(boolean last) {
            this(new ConcurrentHistogram(60_000_000L, 3), last);
        }
    }

    private void keepAnswering(User user, AtomicReference<Round> current) {
        long startNanos = System.nanoTime();
        answer(user).whenComplete((reply, failure) -> {
            Round round = current.get();
            round.micros.recordValue(Math.min(59_000_000L, (System.nanoTime() - startNanos) / 1000));
            count(reply);
            if (!round.last) {
                keepAnswering(user, current);
            }
        });
    }

    private void rewards(int count) {
        System.out.printf("%,d rewards at once for one user%n%-6s %9s %9s%n", count, "round", "ms in all", "refused");
        for (int round = 1; round <= 2 * ROUNDS; round++) {
            User user = new User("rewarded-" + round);
            Reply first = answer(user).join();
            String decision =
                    ((LearnerAnswer.Processed) ((Reply.Accepted) first).answer()).decisionId();
            List<CompletableFuture<Reply>> replies = new ArrayList<>(count);
            long startNanos = System.nanoTime();
            for (int i = 0; i < count; i++) {
                replies.add(learners.ask(
                        user.principal,
                        user.caller,
                        new LearnerCommand.RewardDecision("reward-" + i, decision, i % 2 == 0 ? 1 : -.5)));
            }
            long lost = replies.stream()
                    .map(CompletableFuture::join)
                    .filter(reply -> !(reply instanceof Reply.Accepted))
                    .count();
            System.out.printf("%-6d %9.1f %9d%n", round, (System.nanoTime() - startNanos) / 1e6, lost);
        }
    }

    private void touched(int count) throws InterruptedException {
        System.out.printf(
                "%,d users answer once each, heap at most %,d MiB%n",
                count, Runtime.getRuntime().maxMemory() / 1024 / 1024);
        Semaphore open = new Semaphore(500);
        long startNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            open.acquire();
            answer(new User("user-" + i)).whenComplete((reply, failure) -> {
                count(reply);
                open.release();
            });
        }
        open.acquire(500);
        double took = (System.nanoTime() - startNanos) / 1e9;
        long usedBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.gc();
        long liveBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long collectedMillis = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(gc -> gc.getCollectionTime())
                .sum();
        System.out.printf(
                "took %.1f s (%,.0f users/s), refused %d, heap used %,d MiB, live %,d MiB, collecting took %.1f s%n",
                took, count / took, refused.get(), usedBytes >> 20, liveBytes >> 20, collectedMillis / 1e3);
    }

    private void recovered(int count, int events) throws InterruptedException {
        List<User> users = users("user", count);
        for (User user : users) {
            Semaphore open = new Semaphore(100);
            for (int i = 0; i < events; i++) {
                open.acquire();
                answer(user).whenComplete((reply, failure) -> {
                    count(reply);
                    open.release();
                });
            }
            open.acquire(100);
        }
        System.out.printf(
                "%d users of %,d events each; time of the first read of one who sleeps%n%-6s %9s %9s %9s%n",
                count, events, "round", "p50 ms", "p95 ms", "p99 ms");
        for (int round = 1; round <= 4 * ROUNDS; round++) {
            TimeUnit.MILLISECONDS.sleep(2_500);
            Histogram micros = new Histogram(60_000_000L, 3);
            for (User user : users) {
                long startNanos = System.nanoTime();
                learners.ask(user.principal, user.caller, new LearnerRead.ReadLearner()).join();
                micros.recordValue((System.nanoTime() - startNanos) / 1000);
            }
            System.out.printf(
                    "%-6d %9.2f %9.2f %9.2f%n",
                    round,
                    micros.getValueAtPercentile(50) / 1e3,
                    micros.getValueAtPercentile(95) / 1e3,
                    micros.getValueAtPercentile(99) / 1e3);
        }
        System.out.printf("refused %d%n", refused.get());
    }

    private static void head(String what) {
        System.out.printf(
                "%s%n%-6s %12s %9s %9s %9s %9s %11s%n",
                what, "round", "answers/s", "p50 ms", "p95 ms", "p99 ms", "refused", "idle p99 ms");
    }

    /** How late a thread with nothing to do wakes: what the machine alone adds. */
    private void watchMachine() {
        Thread idle = new Thread(() -> {
            while (true) {
                long dueNanos = System.nanoTime() + 1_000_000;
                LockSupport.parkNanos(1_000_000);
                idleMicros.recordValue(Math.max(0, (System.nanoTime() - dueNanos) / 1000));
            }
        });
        idle.setDaemon(true);
        idle.start();
    }

    private void line(int round, long answers, long startNanos, ConcurrentHistogram micros) {
        System.out.printf(
                "%-6d %,12.0f %9.2f %9.2f %9.2f %9d %11.2f%n",
                round,
                answers / ((System.nanoTime() - startNanos) / 1e9),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(95) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                refused.get(),
                idleMicros.getValueAtPercentile(99) / 1e3);
        idleMicros.reset();
    }
}
