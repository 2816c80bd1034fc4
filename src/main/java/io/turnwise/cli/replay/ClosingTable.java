package io.turnwise.cli.replay;

import io.turnwise.cli.replay.Replay.Outcome;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a replay came to, as a table for people. */
final class ClosingTable {

    private static final int LABEL_CHARS = 36;

    private final StringBuilder table = new StringBuilder();

    private ClosingTable() {}

    static String of(Outcome outcome, int unreadableLines) {
        ClosingTable closing = new ClosingTable();
        closing.addCounts(outcome, unreadableLines);
        closing.addPace(outcome);
        outcome.reports().forEach(closing::addDisagreement);
        return closing.table.toString();
    }

    private void addCounts(Outcome outcome, int unreadableLines) {
        Map<String, Integer> refused = new TreeMap<>();
        for (AuctionReport report : outcome.reports()) {
            report.refused().forEach((code, count) -> refused.merge(code, count, Integer::sum));
        }
        if (unreadableLines > 0) {
            add("lines left out", unreadableLines);
        }
        add("auctions", outcome.reports().size());
        add(
                "bids sent",
                outcome.reports().stream().mapToLong(AuctionReport::sent).sum());
        add(
                "  accepted",
                outcome.reports().stream().mapToLong(AuctionReport::accepted).sum());
        refused.forEach((code, count) -> add("  refused: " + code, count));
        add("winner and price as the bids say", count(outcome, AuctionReport::agreesWithBids));
        add("price as the column `price` says", count(outcome, AuctionReport::agreesWithFile));
    }

    private static long count(Outcome outcome, Predicate<AuctionReport> which) {
        return outcome.reports().stream().filter(which).count();
    }

    private void addPace(Outcome outcome) {
        double seconds = outcome.elapsed().toNanos() / 1e9;
        add("requests", outcome.requests());
        if (outcome.retries() > 0) {
            add("  of them repeated", outcome.retries());
        }
        line("requests a second", String.format(Locale.ROOT, "%,.0f", outcome.requests() / Math.max(seconds, 1e-9)));
        line("elapsed", String.format(Locale.ROOT, "%,.1f s", seconds));
    }

    private void addDisagreement(AuctionReport report) {
        Deal expected = report.expected();
        Deal actual = report.actual();
        String id = report.auction().id();
        if (actual == null) {
            say("WRONG %s: not finished. %s", id, String.valueOf(report.failure()));
        } else if (!report.agreesWithBids()) {
            say("WRONG %s: %s, but the bids say %s", id, text(actual), text(expected));
        } else if (!report.agreesWithFile()) {
            say(
                    "%s: %s as the bids say, but the column `price` says %s",
                    id, text(actual), price(report.auction().closingPriceCents()));
        }
    }

    private void add(String label, long count) {
        line(label, String.format(Locale.ROOT, "%,d", count));
    }

    private void line(String label, String value) {
        table.append(String.format(Locale.ROOT, "  %-" + LABEL_CHARS + "s %10s%n", label, value));
    }

    private void say(String form, Object... values) {
        table.append("  ").append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }

    private static String text(Deal deal) {
        return price(deal.priceCents()) + " by " + deal.bidder();
    }

    private static String price(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }
}
