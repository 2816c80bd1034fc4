package io.turnwise.projection;

import akka.projection.jdbc.javadsl.JdbcHandler;
import io.turnwise.journal.JournalRow;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries batches into a view in Postgres: rows, parked entities and offset are one transaction, made only while the worker
 * holds its lease.
 *
 * <p>A batch that fails is tried row by row, each with a savepoint; between attempts no transaction is open, because readers
 * of the journal wait for the oldest one. The offset, which akka-projection stores before it hands the batch over, is then
 * undone as well, and stored here again.
 */
final class CarryingInPostgres extends JdbcHandler<List<Carried>, PooledSession> {

    private static final Logger log = LoggerFactory.getLogger(CarryingInPostgres.class);

    private final View.InPostgres view;
    private final Lease lease;
    private final Patience patience;

    CarryingInPostgres(View.InPostgres view, Lease lease, Patience patience) {
        this.view = view;
        this.lease = lease;
        this.patience = patience;
    }

    @Override
    public void process(PooledSession session, List<Carried> batch) throws SQLException {
        List<JournalRow> wanted = Carried.wanted(batch, view);
        long epoch = Carried.epoch(batch);
        try (Handle handle = Jdbi.create(session.connection()).open()) {
            try {
                List<JournalRow> passing = begin(handle, epoch, wanted);
                if (!passing.isEmpty()) {
                    view.apply(handle, passing);
                }
                return;
            } catch (RuntimeException e) {
                undo(session, e);
            }
            for (int attempt = 2; ; attempt++) {
                patience.before(attempt);
                Map<String, DeadLetters.Failed> failed = rowByRow(session, handle, begin(handle, epoch, wanted));
                if (failed.isEmpty() || attempt == patience.attempts()) {
                    failed.values().forEach(each -> park(handle, each));
                    lease.store(handle, batch.get(batch.size() - 1).row().offset());
                    return;
                }
                session.rollback();
            }
        }
    }

    private List<JournalRow> begin(Handle handle, long epoch, List<JournalRow> wanted) {
        lease.enter(handle, epoch);
        return DeadLetters.passing(handle, view.name(), wanted);
    }

    /** The first failure of each entity; its rows from there on were left out. */
    private Map<String, DeadLetters.Failed> rowByRow(PooledSession session, Handle handle, List<JournalRow> rows)
            throws SQLException {
        Map<String, DeadLetters.Failed> failed = new LinkedHashMap<>();
        for (JournalRow row : rows) {
            DeadLetters.Failed before = failed.get(row.persistenceId());
            if (before != null) {
                failed.put(
                        row.persistenceId(),
                        new DeadLetters.Failed(before.row(), row.sequenceNumber(), before.failure()));
                continue;
            }
            handle.execute("SAVEPOINT one_row");
            try {
                view.apply(handle, List.of(row));
                handle.execute("RELEASE SAVEPOINT one_row");
            } catch (RuntimeException e) {
                if (patience.isNotTheRow().test(e)) {
                    undo(session, e);
                }
                handle.execute("ROLLBACK TO SAVEPOINT one_row");
                failed.put(row.persistenceId(), new DeadLetters.Failed(row, row.sequenceNumber(), e));
            }
        }
        return failed;
    }

    private void park(Handle handle, DeadLetters.Failed failed) {
        log.warn(
                "View {} could not take turn {} of {}; that entity is parked, others go on: {}",
                view.name(),
                failed.row().sequenceNumber(),
                failed.row().persistenceId(),
                Causes.error(failed.failure()));
        DeadLetters.park(handle, view.name(), failed, patience.attempts(), patience.entitiesMax());
    }

    /** Undoes what was done; goes on only if the failure may be that of a row. */
    private void undo(PooledSession session, RuntimeException failure) throws SQLException {
        if (patience.isNotTheRow().test(failure)) {
            throw failure;
        }
        session.rollback();
    }
}
