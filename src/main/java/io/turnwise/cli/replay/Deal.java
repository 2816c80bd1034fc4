package io.turnwise.cli.replay;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who wins an auction, and for how much. */
record Deal(String bidder, long priceCents) {

    /** What the bids say, taken one after the other: the highest standing one wins, of equal ones the earliest. */
    static Deal of(List<RecordedBid> bids, Rule rule) {
        Map<String, Long> standing = new LinkedHashMap<>(); // oldest first
        for (RecordedBid bid : bids) {
            if (isTaken(bid, standing, rule)) {
                standing.remove(bid.bidder());
                standing.put(bid.bidder(), bid.priceCents());
            }
        }
        long highest = highest(standing);
        return standing.entrySet().stream()
                .filter(each -> each.getValue() == highest)
                .findFirst()
                .map(earliest -> new Deal(earliest.getKey(), highest))
                .orElseThrow(() -> new IllegalArgumentException("an auction without bids has no deal"));
    }

    private static boolean isTaken(RecordedBid bid, Map<String, Long> standing, Rule rule) {
        return switch (rule) {
            case REPLACE -> true;
            case RAISE_ONLY -> bid.priceCents() > standing.getOrDefault(bid.bidder(), 0L);
            case BEAT_TOP -> bid.priceCents() > highest(standing);
        };
    }

    private static long highest(Map<String, Long> standing) {
        return standing.values().stream().max(Comparator.naturalOrder()).orElse(0L);
    }
}
