package io.turnwise.journal;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The journal's rows of a range of slices as an endless stream, each row once and in order. */
public final class SliceSource {

    /**
     * Bounds, from {@code turnwise.journal}.
     *
     * @param pageRows rows read at a time
     * @param soonest first pause after a row was announced that cannot be read yet
     * @param refresh longest pause, when nothing is announced
     */
    public record Settings(int pageRows, Duration soonest, Duration refresh) {

        public static Settings of(Config config) {
            Config journal = config.getConfig("turnwise.journal");
            return new Settings(
                    journal.getInt("page-rows"),
                    journal.getDuration("soonest-poll"),
                    journal.getDuration("refresh-interval"));
        }
    }

    /** Where a reader is, and when it looked last. */
    private record Position(JournalOffset offset, long pauseMillis, long readNanos) {}

    private final JournalReader reader;
    private final JournalSignal signal;
    private final Settings settings;
    private final Executor blocking;

    public SliceSource(JournalReader reader, JournalSignal signal, Settings settings, Executor blocking) {
        this.reader = reader;
        this.signal = signal;
        this.settings = settings;
        this.blocking = blocking;
    }

    /**
     * All rows after {@code start}, those that come later included.
     *
     * @param pace shortest time between two looks while pages are not full: what comes meanwhile comes together
     */
    public Source<JournalRow, NotUsed> rows(Slices.Range slices, JournalOffset start, Duration pace) {
        return Source.lazySource(() -> {
                    JournalSignal.Listener listener = signal.listen(slices);
                    return Source.unfoldAsync(
                                    new Position(
                                            start, settings.soonest().toMillis(), System.nanoTime() - pace.toNanos()),
                                    position -> next(slices, listener, position, pace))
                            .watchTermination((ignored, done) -> {
                                done.whenCompleteAsync((end, failure) -> signal.forget(listener), Runnable::run);
                                return NotUsed.getInstance();
                            });
                })
                .mapMaterializedValue(ignored -> NotUsed.getInstance())
                .mapConcat(rows -> rows);
    }

    private CompletionStage<Optional<Pair<Position, List<JournalRow>>>> next(
            Slices.Range slices, JournalSignal.Listener listener, Position position, Duration pace) {
        long earliest = position.readNanos() + pace.toNanos() - System.nanoTime();
        Executor then =
                earliest <= 0 ? blocking : CompletableFuture.delayedExecutor(earliest, TimeUnit.NANOSECONDS, blocking);
        return CompletableFuture.supplyAsync(() -> reader.page(slices, position.offset(), settings.pageRows()), then)
                .thenCompose(page -> page.rows().isEmpty()
                        ? pause(listener, position, page.reached())
                                .thenApply(after -> Optional.of(Pair.create(after, page.rows())))
                        : CompletableFuture.completedFuture(Optional.of(Pair.create(after(page), page.rows()))));
    }

    /** After a full page there is more to read at once. */
    private Position after(JournalReader.Page page) {
        boolean full = page.rows().size() >= settings.pageRows();
        return new Position(
                page.reached(),
                settings.soonest().toMillis(),
                full ? System.nanoTime() - settings.refresh().toNanos() : System.nanoTime());
    }

    /** An announced row may lie above the oldest running transaction: then the next looks follow closely. */
    private CompletableFuture<Position> pause(
            JournalSignal.Listener listener, Position position, JournalOffset reached) {
        long longer = Math.min(position.pauseMillis() * 2, settings.refresh().toMillis());
        return listener.next(Duration.ofMillis(position.pauseMillis()))
                .thenApply(announced -> new Position(
                        reached, announced ? settings.soonest().toMillis() : longer, position.readNanos()));
    }
}
