package io.turnwise.http.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.turnwise.http.Principal;
import io.turnwise.http.Role;
import io.turnwise.http.Tokens;
import io.turnwise.journal.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * A running node's feed read over many WebSockets while bids come: how old states are on arrival, how soon every socket has the last
 * one, and how much of their speed bids keep.
 *
 * <p>Arguments: port, JWT secret, process id of the node, sockets, bids in flight, seconds of one round, pause of each bidder in
 * milliseconds. Bids run without sockets first, then with them.
 */
public final class FeedLoad {

    private static final int BIDDERS = 1_000;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final ProcessHandle node;
    private final Tokens tokens;
    private final String[] members = new String[BIDDERS];
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile ConcurrentHistogram micros = new ConcurrentHistogram(60_000_000L, 3);
    private volatile boolean bidding;

    private FeedLoad(int port, String secret, long pid) {
        this.port = port;
        this.node = ProcessHandle.of(pid).orElseThrow();
        this.tokens = new Tokens(secret, ConfigFactory.load(), InstantSource.system());
        for (int i = 0; i < BIDDERS; i++) {
            members[i] = token("member-" + i, Role.MEMBER);
        }
    }

    public static void main(String[] args) throws Exception {
        FeedLoad load = new FeedLoad(Integer.parseInt(args[0]), args[1], Long.parseLong(args[2]));
        load.run(Integer.parseInt(args[3]), Integer.parseInt(args[4]), Integer.parseInt(args[5]), Long.parseLong(args[6]));
        System.exit(0);
    }

    private void run(int count, int inFlight, int seconds, long pauseMillis) throws Exception {
        String session = newSession();
        System.out.printf("%d sockets, %d bids in flight, each bidder waits %d ms%n", count, inFlight, pauseMillis);
        bid(session, inFlight, pauseMillis, seconds, null, "warm-up");
        double without = bid(session, inFlight, pauseMillis, seconds, null, "without");
        try (Sockets sockets = new Sockets(new InetSocketAddress("127.0.0.1", port), session, count)) {
            long startNanos = System.nanoTime();
            while (sockets.open() < count) {
                Thread.sleep(100);
                if (System.nanoTime() - startNanos > 120_000_000_000L) {
                    throw new IllegalStateException("only " + sockets.open() + " sockets could be opened");
                }
            }
            System.out.printf("%d sockets open after %.1f s%n", count, (System.nanoTime() - startNanos) / 1e9);
            bid(session, inFlight, pauseMillis, seconds, sockets, "warm-up");
            double with = bid(session, inFlight, pauseMillis, seconds, sockets, "with");
            System.out.printf("bids keep %.0f %% of their speed%n", 100 * with / without);
            printCurrent(session, sockets, count);
            System.out.printf("sockets lost: %d%n", sockets.lost());
        }
    }

    /** One more bid, and how long it takes until every socket shows it. */
    private void printCurrent(String session, Sockets sockets, int count) throws Exception {
        for (int round = 1; round <= 5; round++) {
            Thread.sleep(1_500);
            long startNanos = System.nanoTime();
            long version = place(session, members[0], 500_000 + round).path("sequence").asLong();
            while (sockets.current(version) < count - sockets.lost()) {
                Thread.sleep(2);
            }
            System.out.printf("every socket current %.0f ms after a bid%n", (System.nanoTime() - startNanos) / 1e6);
        }
    }

    /** Bids for a while, and gives the bids a second. */
    private double bid(String session, int inFlight, long pauseMillis, int seconds, Sockets sockets, String name)
            throws InterruptedException {
        accepted.set(0);
        micros = new ConcurrentHistogram(60_000_000L, 3);
        if (sockets != null) {
            sockets.takeLags();
        }
        long statesBefore = sockets == null ? 0 : sockets.states();
        bidding = true;
        for (int lane = 0; lane < inFlight; lane++) {
            next(session, new SplittableRandom(lane), pauseMillis);
        }
        long startNanos = System.nanoTime();
        double cpuBefore = cpuSeconds();
        Thread.sleep(seconds * 1000L);
        bidding = false;
        double took = (System.nanoTime() - startNanos) / 1e9;
        double cpu = (cpuSeconds() - cpuBefore) / took;
        double speed = accepted.get() / took;
        System.out.printf(
                "%-8s node %.2f cores; %,9.0f bids/s, p50 %.1f ms, p99 %.1f ms, failed %d",
                name,
                cpu,
                speed,
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0,
                failed.get());
        if (sockets != null) {
            ConcurrentHistogram lags = sockets.takeLags();
            System.out.printf(
                    "; states %,.0f/s, lag p50 %d ms, p95 %d ms, p99 %d ms, max %d ms",
                    (sockets.states() - statesBefore) / took,
                    lags.getValueAtPercentile(50),
                    lags.getValueAtPercentile(95),
                    lags.getValueAtPercentile(99),
                    lags.getMaxValue());
        }
        System.out.println();
        Thread.sleep(1_000);
        return speed;
    }

    private double cpuSeconds() {
        return node.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private void next(String session, SplittableRandom random, long pauseMillis) {
        HttpRequest request = bid(session, members[random.nextInt(BIDDERS)], 1 + random.nextInt(100_000));
        long startNanos = System.nanoTime();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            micros.recordValue(Math.min(59_000_000L, (System.nanoTime() - startNanos) / 1000));
            (failure == null && answer.statusCode() == 200 ? accepted : failed).incrementAndGet();
            if (bidding && pauseMillis > 0) {
                java.util.concurrent.CompletableFuture.delayedExecutor(
                                pauseMillis, java.util.concurrent.TimeUnit.MILLISECONDS)
                        .execute(() -> next(session, random, pauseMillis));
            } else if (bidding) {
                next(session, random, pauseMillis);
            }
        });
    }

    private HttpRequest bid(String session, String token, int priceCents) {
        String body = "{\"session_id\":\"%s\",\"price\":%d.%02d}".formatted(session, priceCents / 100, priceCents % 100);
        return request("/api/bid", token, body);
    }

    private JsonNode place(String session, String token, int priceCents) throws IOException, InterruptedException {
        return Json.STORED.readTree(client.send(bid(session, token, priceCents), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private String newSession() throws IOException, InterruptedException {
        String body = "{\"title\":\"Feed load\",\"upset_price\":0.01,\"inventory\":10,\"alpha\":1,\"beta\":100,"
                + "\"gamma\":1,\"duration_seconds\":36000}";
        HttpRequest request = request("/api/admin/sessions", token("organiser", Role.ADMIN), body);
        return Json.STORED.readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("session_id")
                .asText();
    }

    private HttpRequest request(String path, String token, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String token(String subject, Role role) {
        return tokens.sign(new Principal(subject, subject, 100, role, "default", 0));
    }
}
