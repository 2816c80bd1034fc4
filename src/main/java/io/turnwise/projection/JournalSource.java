package io.turnwise.projection;

import akka.NotUsed;
import akka.projection.javadsl.SourceProvider;
import akka.stream.javadsl.Source;
import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.SliceSource;
import io.turnwise.journal.Slices;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The journal's rows of one range of slices, as akka-projection wants them, from the moment in which the worker may write; fails
 * when it may no longer, and is then asked for again.
 */
final class JournalSource extends SourceProvider<String, Carried> {

    private final SliceSource source;
    private final Slices.Range slices;
    private final Duration pace;
    private final Lease lease;
    private final Duration lookEvery;
    private final Executor blocking;

    /**
     * Rows of a range.
     *
     * @param lookEvery how often it is looked whether the lease can be had, and whether it still holds
     */
    JournalSource(
            SliceSource source,
            Slices.Range slices,
            Duration pace,
            Lease lease,
            Duration lookEvery,
            Executor blocking) {
        this.source = source;
        this.slices = slices;
        this.pace = pace;
        this.lease = lease;
        this.lookEvery = lookEvery;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<Source<Carried, NotUsed>> source(Supplier<CompletionStage<Optional<String>>> storedOffset) {
        return CompletableFuture.completedFuture(claimed().flatMapConcat(epoch -> rows(epoch, storedOffset)));
    }

    private Source<Carried, NotUsed> rows(long epoch, Supplier<CompletionStage<Optional<String>>> storedOffset) {
        return Source.completionStage(storedOffset.get())
                .flatMapConcat(offset ->
                        source.rows(slices, offset.map(JournalOffset::parse).orElse(JournalOffset.START), pace))
                .map(row -> new Carried(row, epoch))
                .merge(lost(epoch), true);
    }

    /** One element, when the lease is had: its epoch. */
    private Source<Long, NotUsed> claimed() {
        return Source.tick(Duration.ZERO, lookEvery, true)
                .mapMaterializedValue(tick -> NotUsed.getInstance())
                .mapAsync(1, tick -> CompletableFuture.supplyAsync(lease::claim, blocking))
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .take(1);
    }

    /** Never an element; fails when the lease is lost, also while there is nothing to read. */
    private Source<Carried, NotUsed> lost(long epoch) {
        return Source.tick(lookEvery, lookEvery, true)
                .mapMaterializedValue(tick -> NotUsed.getInstance())
                .mapAsync(1, tick -> CompletableFuture.supplyAsync(() -> lease.holds(epoch), blocking))
                .filter(holds -> !holds)
                .map(lost -> {
                    throw new OutOfTurn("The lease of " + slices + " is lost");
                });
    }

    @Override
    public String extractOffset(Carried carried) {
        return carried.row().offset().toString();
    }

    @Override
    public long extractCreationTime(Carried carried) {
        return carried.row().writtenAtMillis();
    }
}
