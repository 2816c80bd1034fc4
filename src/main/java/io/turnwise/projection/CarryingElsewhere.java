package io.turnwise.projection;

import akka.Done;
import akka.projection.javadsl.Handler;
import io.turnwise.journal.JournalRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries batches into a view that is not in Postgres. Its offset is stored after the batch, so a batch may come again, and of
 * two owners both may write for the length of one batch: the view itself must let what is old change nothing.
 */
final class CarryingElsewhere extends Handler<List<Carried>> {

    private static final Logger log = LoggerFactory.getLogger(CarryingElsewhere.class);

    /** For one row, when it is tried alone. */
    private static final long ROW_SECONDS_MAX = 30;

    private final View.Elsewhere view;
    private final Lease lease;
    private final Patience patience;
    private final Jdbi jdbi;
    private final Executor blocking;

    CarryingElsewhere(View.Elsewhere view, Lease lease, Patience patience, Jdbi jdbi, Executor blocking) {
        this.view = view;
        this.lease = lease;
        this.patience = patience;
        this.jdbi = jdbi;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<Done> process(List<Carried> batch) {
        List<JournalRow> wanted = Carried.wanted(batch, view);
        long epoch = Carried.epoch(batch);
        return CompletableFuture.supplyAsync(() -> begin(epoch, wanted), blocking)
                .thenCompose(passing -> carry(epoch, passing));
    }

    private List<JournalRow> begin(long epoch, List<JournalRow> wanted) {
        return jdbi.inTransaction(handle -> {
            lease.enter(handle, epoch);
            return DeadLetters.passing(handle, view.name(), wanted);
        });
    }

    private CompletionStage<Done> carry(long epoch, List<JournalRow> passing) {
        if (passing.isEmpty()) {
            return CompletableFuture.completedFuture(Done.done());
        }
        return applied(passing)
                .exceptionallyComposeAsync(
                        failure -> isNotTheRow(failure)
                                ? CompletableFuture.failedFuture(failure)
                                : CompletableFuture.supplyAsync(() -> again(epoch, passing), blocking),
                        Runnable::run);
    }

    /** What it throws at once is a failure as well. */
    private CompletionStage<Done> applied(List<JournalRow> rows) {
        try {
            return view.apply(rows);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean isNotTheRow(Throwable failure) {
        return view.isAway(failure) || patience.isNotTheRow().test(failure);
    }

    /** Tries each entity's rows one by one; parks what fails in the end. */
    private Done again(long epoch, List<JournalRow> rows) {
        Map<String, List<JournalRow>> left = new LinkedHashMap<>();
        rows.forEach(row -> left.computeIfAbsent(row.persistenceId(), pid -> new ArrayList<>())
                .add(row));
        Map<String, DeadLetters.Failed> failed = new LinkedHashMap<>();
        for (int attempt = 2; attempt <= patience.attempts() && !left.isEmpty(); attempt++) {
            patience.before(attempt);
            failed.clear();
            left.forEach((pid, ofOne) -> carryOne(ofOne, failed));
            left.values().removeIf(List::isEmpty);
        }
        if (!failed.isEmpty()) {
            park(epoch, failed);
        }
        return Done.done();
    }

    private void carryOne(List<JournalRow> rows, Map<String, DeadLetters.Failed> failed) {
        while (!rows.isEmpty()) {
            JournalRow row = rows.get(0);
            try {
                applied(List.of(row)).toCompletableFuture().get(ROW_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                Throwable failure = e.getCause() == null ? e : e.getCause();
                if (isNotTheRow(failure)) {
                    throw new CompletionException(failure);
                }
                long newest = rows.get(rows.size() - 1).sequenceNumber();
                failed.put(row.persistenceId(), new DeadLetters.Failed(row, newest, failure));
                return;
            } catch (TimeoutException e) {
                throw new CompletionException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OutOfTurn("stopped amid a batch");
            }
            rows.remove(0);
        }
    }

    /** Nothing is acknowledged unless this is stored: the offset is stored later. */
    private void park(long epoch, Map<String, DeadLetters.Failed> failed) {
        jdbi.useTransaction(handle -> {
            lease.enter(handle, epoch);
            failed.values()
                    .forEach(each ->
                            DeadLetters.park(handle, view.name(), each, patience.attempts(), patience.entitiesMax()));
        });
        failed.values()
                .forEach(each -> log.warn(
                        "View {} could not take turn {} of {}; that entity is parked, others go on: {}",
                        view.name(),
                        each.row().sequenceNumber(),
                        each.row().persistenceId(),
                        Causes.error(each.failure())));
    }
}
