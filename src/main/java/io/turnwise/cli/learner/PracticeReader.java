package io.turnwise.cli.learner;

import io.turnwise.cli.client.ClientFailure;
import io.turnwise.cli.csv.CsvFile;
import io.turnwise.cli.csv.CsvLine;
import io.turnwise.cli.csv.Malformed;
import io.turnwise.cli.csv.Unreadable;
import io.turnwise.learner.evaluation.PracticeLog;
import io.turnwise.learner.evaluation.PracticeRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads logs of practice from CSV; a line that is no presentation of a word is noted and left out. */
final class PracticeReader {

    private static final String LEARNER = "subj";
    private static final String SESSION = "session";
    private static final String TIME = "time";
    private static final String WORD = "item";
    private static final String TYPE = "type";
    private static final String CORRECT = "correct";
    private static final String RESPONSE_TIME = "rt";
    private static final List<String> COLUMNS = List.of(LEARNER, SESSION, TIME, WORD, TYPE, CORRECT, RESPONSE_TIME);

    private static final int NAME_BYTES_MAX = 100;
    private static final BigDecimal SESSION_MAX = BigDecimal.valueOf(10_000);
    private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(24 * 60 * 60);
    private static final BigDecimal MILLIS_MAX = BigDecimal.valueOf(60 * 60 * 1000);
    private static final double SECOND_MILLIS = 1000;

    /**
     * What a file holds.
     *
     * @param rows that the log has taken, in its order
     * @param unreadable lines that were left out
     */
    record Practice(PracticeLog log, List<PracticeRow> rows, List<Unreadable> unreadable) {}

    private PracticeReader() {}

    /**
     * Reads a file.
     *
     * @throws ClientFailure if it cannot be read at all, or lacks a column in every line
     */
    static Practice read(Path file) {
        PracticeLog log = new PracticeLog();
        List<PracticeRow> rows = new ArrayList<>();
        List<Unreadable> unreadable = CsvFile.read(file, COLUMNS, line -> {
            PracticeRow row = row(line);
            Optional<String> refusal = log.add(row);
            if (refusal.isPresent()) {
                throw new Malformed(refusal.get());
            }
            rows.add(row);
        });
        return new Practice(log, List.copyOf(rows), unreadable);
    }

    private static PracticeRow row(CsvLine line) throws Malformed {
        return new PracticeRow(
                name(line, LEARNER),
                session(line),
                name(line, WORD),
                isEither(line, TYPE, "study", "test"),
                isEither(line, CORRECT, "true", "false"),
                line.decimal(TIME, BigDecimal.ZERO, SECONDS_MAX).doubleValue(),
                line.decimal(RESPONSE_TIME, BigDecimal.ZERO, MILLIS_MAX).doubleValue() / SECOND_MILLIS);
    }

    private static String name(CsvLine line, String column) throws Malformed {
        String name = line.text(column);
        if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw new Malformed(column + " is longer than " + NAME_BYTES_MAX + " bytes");
        }
        return name;
    }

    private static int session(CsvLine line) throws Malformed {
        BigDecimal session = line.decimal(SESSION, BigDecimal.ONE, SESSION_MAX);
        if (session.stripTrailingZeros().scale() > 0) {
            throw new Malformed(SESSION + " is not a whole number: " + session);
        }
        return session.intValue();
    }

    private static boolean isEither(CsvLine line, String column, String yes, String no) throws Malformed {
        String text = line.text(column).toLowerCase(Locale.ROOT);
        if (text.equals(yes) || text.equals(no)) {
            return text.equals(yes);
        }
        throw new Malformed(column + " is neither " + yes + " nor " + no + ": " + line.text(column));
    }
}
