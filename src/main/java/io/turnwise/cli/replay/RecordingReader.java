package io.turnwise.cli.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.replay.Recording.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
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

    /** Why a line is left out. */
    private static final class Malformed extends Exception {
        Malformed(String why) {
            super(why);
        }
    }

    private final Map<String, RecordedAuction> auctions = new LinkedHashMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    private RecordingReader() {}

    /**
     * Reads a file.
     *
     * @throws ClientFailure if it cannot be read at all, or lacks a column in every line
     */
    static Recording read(Path file) {
        RecordingReader reader = new RecordingReader();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .ofNamedCsvRecord(file)) {
            records.forEach(reader::add);
        } catch (CsvParseException e) {
            throw new ClientFailure(file + " is not CSV: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new ClientFailure("There is no file " + file, e);
        } catch (IOException | UncheckedIOException e) {
            throw new ClientFailure(file + " cannot be read: " + e, e);
        }
        return new Recording(List.copyOf(reader.auctions.values()), List.copyOf(reader.unreadable));
    }

    private void add(NamedCsvRecord line) {
        List<String> missing = COLUMNS.stream()
                .filter(column -> !line.getHeader().contains(column))
                .toList();
        if (!missing.isEmpty()) {
            throw new ClientFailure(
                    "The first line of the file must name the columns; missing: " + String.join(", ", missing));
        }
        try {
            if (line.getFieldCount() != line.getHeader().size()) {
                throw new Malformed("has " + line.getFieldCount() + " columns instead of "
                        + line.getHeader().size());
            }
            addBid(line);
        } catch (Malformed e) {
            unreadable.add(new Unreadable(line.getStartingLineNumber(), String.valueOf(e.getMessage())));
        }
    }

    private void addBid(NamedCsvRecord line) throws Malformed {
        String id = text(line, AUCTION);
        RecordedBid bid = new RecordedBid(
                line.getStartingLineNumber(),
                bidder(line),
                weightHundredths(line),
                cents(line, PRICE),
                number(line, TIME, BigDecimal.ZERO, DAYS_MAX)
                        .multiply(DAY_MILLIS)
                        .longValue());
        long closingPriceCents = cents(line, CLOSING_PRICE);
        String item = line.getField(ITEM).strip();
        auctions.computeIfAbsent(id, unseen -> new RecordedAuction(id, item, closingPriceCents, new ArrayList<>()))
                .bids()
                .add(bid);
    }

    private static String bidder(NamedCsvRecord line) throws Malformed {
        String bidder = text(line, BIDDER);
        if (bidder.length() > BIDDER_CHARS_MAX || bidder.getBytes(StandardCharsets.UTF_8).length > BIDDER_BYTES_MAX) {
            throw new Malformed(BIDDER + " is longer than " + BIDDER_CHARS_MAX + " characters");
        }
        return bidder;
    }

    /** The rating as it is, within what a weight may be; who is not rated yet weighs nothing. */
    private static int weightHundredths(NamedCsvRecord line) throws Malformed {
        String rating = line.getField(RATING).strip();
        if (rating.isEmpty() || rating.equals("NA")) {
            return 0;
        }
        return number(line, RATING)
                .max(BigDecimal.ZERO)
                .min(WEIGHT_MAX)
                .movePointRight(2)
                .intValue();
    }

    private static long cents(NamedCsvRecord line, String column) throws Malformed {
        BigDecimal price = number(line, column, CENT, PRICE_MAX);
        if (price.stripTrailingZeros().scale() > 2) {
            throw new Malformed(column + " has more than two decimals: " + price);
        }
        return price.movePointRight(2).longValueExact();
    }

    private static BigDecimal number(NamedCsvRecord line, String column, BigDecimal min, BigDecimal max)
            throws Malformed {
        BigDecimal number = number(line, column);
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw new Malformed(column + " is not from " + min + " to " + max + ": " + number);
        }
        return number;
    }

    private static BigDecimal number(NamedCsvRecord line, String column) throws Malformed {
        String text = text(line, column);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new Malformed(column + " is not a number: " + text);
        }
    }

    private static String text(NamedCsvRecord line, String column) throws Malformed {
        String text = line.getField(column).strip();
        if (text.isEmpty()) {
            throw new Malformed(column + " is empty");
        }
        return text;
    }
}
