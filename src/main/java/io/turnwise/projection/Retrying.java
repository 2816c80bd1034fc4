package io.turnwise.projection;

import io.turnwise.journal.JournalRow;
import io.turnwise.projection.DeadLetter.Retried;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Carries the turns of a parked entity into its view, a few per transaction. Meanwhile the worker of its slices stores nothing, so
 * that the entity is either still parked for the worker, or all that waited is in the view.
 */
final class Retrying {

    private static final long ROW_SECONDS_MAX = 30;

    /** Rows of one entity: from, to, at most so many. */
    @FunctionalInterface
    interface Rows {
        List<JournalRow> of(String persistenceId, long from, long to, int limit);
    }

    private final Jdbi jdbi;
    private final ProjectionHost host;
    private final Patience patience;
    private final Rows rows;
    private final int rowsAtOnce;

    Retrying(Jdbi jdbi, ProjectionHost host, Patience patience, Rows rows, int rowsAtOnce) {
        this.jdbi = jdbi;
        this.host = host;
        this.patience = patience;
        this.rows = rows;
        this.rowsAtOnce = rowsAtOnce;
    }

    /** What one transaction came to. */
    private record Step(
            long applied, boolean isSettled, @Nullable String error) {}

    /**
     * Retries.
     *
     * @param given how many turns are given up first: 0 or 1
     */
    Retried retry(DeadLetter letter, View view, int given, String action, Order order) {
        long applied = 0;
        Step step;
        boolean isFirst = true;
        do {
            boolean notes = isFirst;
            step = jdbi.inTransaction(
                    handle -> step(handle, letter.id(), view, notes ? given : 0, notes ? action : null, order));
            applied += step.applied();
            isFirst = false;
        } while (!step.isSettled() && step.error() == null);
        return new Retried(
                letter.id(),
                letter.projection(),
                letter.persistenceId(),
                applied,
                step.isSettled(),
                step.error(),
                false);
    }

    /** The first transaction's worth of it, undone. */
    Retried dryRun(DeadLetter letter, View view) {
        return jdbi.withHandle(handle -> {
            handle.begin();
            Step step;
            try {
                step = step(handle, letter.id(), view, 0, null, new Order("", ""));
            } finally {
                handle.rollback();
            }
            return new Retried(
                    letter.id(),
                    letter.projection(),
                    letter.persistenceId(),
                    step.applied(),
                    step.isSettled(),
                    step.error(),
                    true);
        });
    }

    private Step step(Handle handle, long id, View view, int given, @Nullable String action, Order order) {
        handle.execute("SET LOCAL synchronous_commit = on");
        handle.execute("SET LOCAL lock_timeout = '5s'");
        DeadLetter seen = DeadLetterDesk.find(handle, id, "")
                .orElseThrow(() -> new ProjectionRefusal(ProjectionRejection.UNKNOWN_LETTER));
        Actions.ensure(handle, view.name());
        handle.createQuery("SELECT name FROM projection WHERE name = :name FOR SHARE")
                .bind("name", view.name())
                .mapTo(String.class)
                .one();
        handle.createQuery(
                        "SELECT epoch FROM projection_worker WHERE projection = :name AND slices = :slices FOR UPDATE")
                .bind("name", view.name())
                .bind("slices", host.slicesOf(seen.persistenceId()))
                .mapTo(Long.class)
                .findFirst();
        DeadLetter letter = DeadLetterDesk.find(handle, id, " FOR UPDATE")
                .orElseThrow(() -> new ProjectionRefusal(ProjectionRejection.UNKNOWN_LETTER));
        if (action != null) {
            Actions.note(
                    handle,
                    view.name(),
                    action,
                    order,
                    letter.persistenceId() + " row " + letter.sequenceNumber() + ", cause " + letter.cause());
        }
        long from = letter.sequenceNumber() + given;
        long to = letter.sequenceNumber() + letter.turnsWaiting() - 1;
        List<JournalRow> waiting = rows.of(letter.persistenceId(), from, to, rowsAtOnce);
        long applied = 0;
        for (JournalRow row : waiting) {
            if (view.wants(row)) {
                RuntimeException failure = applied(handle, view, row);
                if (failure != null) {
                    point(handle, letter, row, failure);
                    return new Step(applied, false, Causes.error(failure));
                }
                applied++;
            }
        }
        boolean isSettled = waiting.size() < rowsAtOnce;
        if (isSettled) {
            handle.createUpdate("DELETE FROM dead_letter WHERE id = :id")
                    .bind("id", id)
                    .execute();
        } else {
            JournalRow last = waiting.get(waiting.size() - 1);
            handle.createUpdate("UPDATE dead_letter SET sequence_number = :number WHERE id = :id")
                    .bind("number", last.sequenceNumber() + 1)
                    .bind("id", id)
                    .execute();
        }
        return new Step(applied, isSettled, null);
    }

    /** What became of a row: null if the view has it. */
    private @Nullable RuntimeException applied(Handle handle, View view, JournalRow row) {
        if (view instanceof View.Elsewhere elsewhere) {
            return appliedElsewhere(elsewhere, row);
        }
        handle.execute("SAVEPOINT one_row");
        try {
            ((View.InPostgres) view).apply(handle, List.of(row));
            handle.execute("RELEASE SAVEPOINT one_row");
            return null;
        } catch (RuntimeException e) {
            if (patience.isNotTheRow().test(e)) {
                throw e;
            }
            handle.execute("ROLLBACK TO SAVEPOINT one_row");
            return e;
        }
    }

    private static @Nullable RuntimeException appliedElsewhere(View.Elsewhere view, JournalRow row) {
        try {
            view.apply(List.of(row)).toCompletableFuture().get(ROW_SECONDS_MAX, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return new IllegalStateException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IllegalStateException(e);
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static void point(Handle handle, DeadLetter letter, JournalRow row, RuntimeException failure) {
        handle.createUpdate("UPDATE dead_letter SET sequence_number = :number, version = :version, cause = :cause,"
                        + " error = :error, retries = retries + 1, tried_at = now() WHERE id = :id")
                .bind("number", row.sequenceNumber())
                .bind("version", row.head().version())
                .bind("cause", Causes.kind(failure))
                .bind("error", Causes.error(failure))
                .bind("id", letter.id())
                .execute();
    }
}
