package io.turnwise.cli.replay;

import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.csv.CsvFile;
import io.turnwise.cli.csv.CsvLine;
import io.turnwise.cli.csv.Malformed;
import io.turnwise.cli.csv.Unreadable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads auctions from CSV; a line that is not a bid is noted and left out. */
final class RecordingReader {

    private static final String AUCTION = "auctionid";
    private static final String PRICE = "bid";
    private static final String TIME = "bidtime";
    private static final String BIDDER = "bidder";
    private static final String RATING = "bidderrate";
    private static final String CLOSING_PRICE = "price";
    private static final String ITEM = "item";
    private static final List<String> COLUMNS = List.of(AUCTION, PRICE, TIME, BIDDER, RATING, CLOSING_PRICE, ITEM);

    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal PRICE_MAX = new BigDecimal("9999999999.99");
    private static final BigDecimal DAYS_MAX = BigDecimal.valueOf(366);
    private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(24 * 60 * 60 * 1000L);
    private static final BigDecimal WEIGHT_MAX = BigDecimal.valueOf(1000);
    private static final int BIDDER_CHARS_MAX = 100;
    private static final int BIDDER_BYTES_MAX = 128;

    private final Map<String, RecordedAuction> auctions = new LinkedHashMap<>();

    private RecordingReader() {}

    /**
     * Reads a file.
     *
     * @throws ClientFailure if it cannot be read at all, or lacks a column in every line
     */
    static Recording read(Path file) {
        RecordingReader reader = new RecordingReader();
        List<Unreadable> unreadable = CsvFile.read(file, COLUMNS, reader::addBid);
        return new Recording(List.copyOf(reader.auctions.values()), unreadable);
    }

    private void addBid(CsvLine line) throws Malformed {
        String id = line.text(AUCTION);
        RecordedBid bid = new RecordedBid(
                line.number(),
                bidder(line),
                weightHundredths(line),
                cents(line, PRICE),
                line.decimal(TIME, BigDecimal.ZERO, DAYS_MAX)
                        .multiply(DAY_MILLIS)
                        .longValue());
        long closingPriceCents = cents(line, CLOSING_PRICE);
        String item = line.textOrEmpty(ITEM);
        auctions.computeIfAbsent(id, unseen -> new RecordedAuction(id, item, closingPriceCents, new ArrayList<>()))
                .bids()
                .add(bid);
    }

    private static String bidder(CsvLine line) throws Malformed {
        String bidder = line.text(BIDDER);
        if (bidder.length() > BIDDER_CHARS_MAX || bidder.getBytes(StandardCharsets.UTF_8).length > BIDDER_BYTES_MAX) {
            throw new Malformed(BIDDER + " is longer than " + BIDDER_CHARS_MAX + " characters");
        }
        return bidder;
    }

    /** The rating as it is, within what a weight may be; who is not rated yet weighs nothing. */
    private static int weightHundredths(CsvLine line) throws Malformed {
        String rating = line.textOrEmpty(RATING);
        if (rating.isEmpty() || rating.equals("NA")) {
            return 0;
        }
        return line.decimal(RATING)
                .max(BigDecimal.ZERO)
                .min(WEIGHT_MAX)
                .movePointRight(2)
                .intValue();
    }

    private static long cents(CsvLine line, String column) throws Malformed {
        BigDecimal price = line.decimal(column, CENT, PRICE_MAX);
        if (price.stripTrailingZeros().scale() > 2) {
            throw new Malformed(column + " has more than two decimals: " + price);
        }
        return price.movePointRight(2).longValueExact();
    }
}
