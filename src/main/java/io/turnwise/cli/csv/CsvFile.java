package io.turnwise.cli.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.turnwise.cli.client.ClientFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files whose first line names the columns. */
public final class CsvFile {

    /** Takes one line after the other. */
    @FunctionalInterface
    public interface Taker {

        /** Takes a line, or says why not. */
        void take(CsvLine line) throws Malformed;
    }

    private CsvFile() {}

    /**
     * Reads a file from its beginning to its end and returns the lines that were left out, in their order.
     *
     * @param columns that the file must have; others may stand between them
     * @throws ClientFailure if it cannot be read at all, or lacks a column in every line
     */
    public static List<Unreadable> read(Path file, List<String> columns, Taker taker) {
        List<Unreadable> unreadable = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .ofNamedCsvRecord(file)) {
            for (NamedCsvRecord record : records) {
                requireColumns(record, columns);
                try {
                    requireAllFields(record);
                    taker.take(new CsvLine(record));
                } catch (Malformed e) {
                    unreadable.add(new Unreadable(record.getStartingLineNumber(), e.why()));
                }
            }
        } catch (CsvParseException e) {
            throw new ClientFailure(file + " is not CSV: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new ClientFailure("There is no file " + file, e);
        } catch (IOException | UncheckedIOException e) {
            throw new ClientFailure(file + " cannot be read: " + e, e);
        }
        return List.copyOf(unreadable);
    }

    private static void requireColumns(NamedCsvRecord record, List<String> columns) {
        List<String> missing = columns.stream()
                .filter(column -> !record.getHeader().contains(column))
                .toList();
        if (!missing.isEmpty()) {
            throw new ClientFailure(
                    "The first line of the file must name the columns; missing: " + String.join(", ", missing));
        }
    }

    private static void requireAllFields(NamedCsvRecord record) throws Malformed {
        int fields = record.getFieldCount();
        int columns = record.getHeader().size();
        if (fields != columns) {
            throw new Malformed("has " + fields + " columns instead of " + columns);
        }
    }
}
