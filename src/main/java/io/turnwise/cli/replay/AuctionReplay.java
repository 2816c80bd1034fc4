package io.turnwise.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.client.NodeClient;
import io.turnwise.cli.client.NodeClient.Answer;
import io.turnwise.cli.client.NodeTokens;
import io.turnwise.cli.client.Speed;
import io.turnwise.cli.terminal.Progress;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Replays one auction: opens a session for it, places its bids one after the other, closes it and reads the result. */
final class AuctionReplay {

    /**
     * What all auctions of a replay have in common.
     *
     * @param run makes the keys of this replay differ from those of any other
     */
    record Terms(String run, Rule rule, Speed speed) {}

    private static final int ITEM_CHARS_MAX = 120;
    private static final int ID_CHARS_MAX = 60;
    private static final double SECOND_MILLIS = 1000;
    private static final long SPARE_SECONDS = 3_600;
    private static final long SECONDS_MAX = 366L * 24 * 60 * 60;

    private final RecordedAuction auction;
    private final Terms terms;
    private final NodeClient node;
    private final NodeTokens tokens;
    private final Progress progress;
    private final Map<String, Integer> refused = new TreeMap<>();
    private int accepted;

    AuctionReplay(RecordedAuction auction, Terms terms, NodeClient node, NodeTokens tokens, Progress progress) {
        this.auction = auction;
        this.terms = terms;
        this.node = node;
        this.tokens = tokens;
        this.progress = progress;
    }

    /** Replays; whatever hinders it stands in the report. */
    AuctionReport run() {
        try {
            String session = open();
            placeBids(session);
            close(session);
            return report(deal(session), null);
        } catch (ClientFailure e) {
            return report(null, e.getMessage());
        }
    }

    private AuctionReport report(@Nullable Deal actual, @Nullable String failure) {
        return new AuctionReport(
                auction, accepted, Map.copyOf(refused), Deal.of(auction.bids(), terms.rule()), actual, failure);
    }

    private String open() {
        Map<String, Object> proposal = Map.of(
                "title",
                start(auction.item(), ITEM_CHARS_MAX) + " (auction " + start(auction.id(), ID_CHARS_MAX) + ")",
                "upset_price",
                new BigDecimal("0.01"),
                "inventory",
                1,
                "alpha",
                1,
                "beta",
                0,
                "gamma",
                0,
                "duration_seconds",
                durationSeconds(),
                "rebid_rule",
                terms.rule().name(),
                "bids_per_second",
                0);
        Answer answer = node.post("/api/admin/sessions", tokens.admin(), key("open-" + firstLine()), proposal);
        return successful("open a session", answer).path("session_id").asText();
    }

    /** Twice what the bids take as recorded, and then some: the session is closed after the last one. */
    private long durationSeconds() {
        double playedSeconds = terms.speed().playedSeconds(auction.lengthMillis() / SECOND_MILLIS);
        return (long) Math.min(SECONDS_MAX, SPARE_SECONDS + 2 * playedSeconds);
    }

    private void placeBids(String session) {
        long startNanos = System.nanoTime();
        for (RecordedBid bid : auction.bids()) {
            terms.speed().await(bid.offsetMillis() / SECOND_MILLIS, startNanos);
            Map<String, Object> body = Map.of("session_id", session, "price", BigDecimal.valueOf(bid.priceCents(), 2));
            Answer answer = node.post(
                    "/api/bid",
                    tokens.member(bid.bidder(), bid.weightHundredths()),
                    key(Long.toString(bid.line())),
                    body);
            if (answer.isSuccess()) {
                accepted++;
            } else {
                refused.merge(answer.code(), 1, Integer::sum);
            }
            progress.stepDone();
        }
    }

    private void close(String session) {
        String path = "/api/admin/sessions/" + session + "/close";
        successful("close the session", node.post(path, tokens.admin(), key("close-" + firstLine())));
    }

    private Deal deal(String session) {
        JsonNode result = successful("read the result", node.get("/api/results/" + session, tokens.admin()));
        JsonNode winners = result.path("winners");
        JsonNode winner = winners.path(0);
        BigDecimal price = result.path("final_price").decimalValue();
        if (winners.size() != 1 || price.compareTo(winner.path("price").decimalValue()) != 0) {
            throw new ClientFailure("One winner must pay the final price, but the result is " + result);
        }
        return new Deal(winner.path("user_id").asText(), price.movePointRight(2).longValue());
    }

    private static JsonNode successful(String what, Answer answer) {
        if (!answer.isSuccess()) {
            throw new ClientFailure("Could not " + what + ": " + answer);
        }
        return answer.body();
    }

    /** Stands for the auction in keys, which an id from a file need not fit. */
    private long firstLine() {
        return auction.bids().get(0).line();
    }

    private String key(String part) {
        return terms.run() + "-" + part;
    }

    private static String start(String text, int charsMax) {
        return text.length() <= charsMax ? text : text.substring(0, charsMax);
    }
}
