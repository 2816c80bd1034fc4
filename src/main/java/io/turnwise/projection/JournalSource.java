package io.turnwise.projection;

import akka.NotUsed;
import akka.projection.javadsl.SourceProvider;
import akka.stream.javadsl.Source;
import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.JournalRow;
import io.turnwise.journal.SliceSource;
import io.turnwise.journal.Slices;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The journal's rows of one range of slices, as akka-projection wants them; offsets are stored as strings. */
final class JournalSource extends SourceProvider<String, JournalRow> {

    private final SliceSource source;
    private final Slices.Range slices;
    private final Duration pace;

    JournalSource(SliceSource source, Slices.Range slices, Duration pace) {
        this.source = source;
        this.slices = slices;
        this.pace = pace;
    }

    @Override
    public CompletionStage<Source<JournalRow, NotUsed>> source(
            Supplier<CompletionStage<Optional<String>>> storedOffset) {
        return storedOffset
                .get()
                .thenApplyAsync(
                        offset -> source.rows(
                                slices, offset.map(JournalOffset::parse).orElse(JournalOffset.START), pace),
                        Runnable::run);
    }

    @Override
    public String extractOffset(JournalRow row) {
        return row.offset().toString();
    }

    @Override
    public long extractCreationTime(JournalRow row) {
        return row.writtenAtMillis();
    }
}
