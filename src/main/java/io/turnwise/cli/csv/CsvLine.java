package io.turnwise.cli.csv;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;

/** One line under the names of its columns. */
public final class CsvLine {

    private final NamedCsvRecord line;

    CsvLine(NamedCsvRecord line) {
        this.line = line;
    }

    /** Where it starts in the file, counted from 1. */
    public long number() {
        return line.getStartingLineNumber();
    }

    /** What stands in a column, without space around it; maybe nothing. */
    public String textOrEmpty(String column) {
        return line.getField(column).strip();
    }

    /** What stands in a column. */
    public String text(String column) throws Malformed {
        String text = textOrEmpty(column);
        if (text.isEmpty()) {
            throw new Malformed(column + " is empty");
        }
        return text;
    }

    /** A number as exact as it is written. */
    public BigDecimal decimal(String column) throws Malformed {
        String text = text(column);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new Malformed(column + " is not a number: " + text);
        }
    }

    /** A number within bounds, both included. */
    public BigDecimal decimal(String column, BigDecimal min, BigDecimal max) throws Malformed {
        BigDecimal number = decimal(column);
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw new Malformed(column + " is not from " + min + " to " + max + ": " + number);
        }
        return number;
    }
}
