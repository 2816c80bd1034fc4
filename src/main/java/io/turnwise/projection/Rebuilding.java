package io.turnwise.projection;

import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.JournalReader;
import io.turnwise.journal.JournalRow;
import io.turnwise.journal.Slices;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One rebuild, from the empty shadow to its end. */
final class Rebuilding implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Rebuilding.class);

    /** How long workers wait at most without hearing of the rebuild: over its node's death they go on. */
    private static final Duration HOLD = Duration.ofSeconds(60);

    /** Its operator has cancelled it, or it took longer than the workers wait. */
    private static final class Stopped extends RuntimeException {
        Stopped(String message) {
            super(message, null, false, false);
        }
    }

    private final String id;
    private final Shadow shadow;
    private final boolean swaps;
    private final ProjectionHost host;
    private final Jdbi jdbi;
    private final JournalReader reader;
    private final Patience patience;
    private final int rowsAtOnce;
    private final String name;
    private final Map<Slices.Range, JournalOffset> reached = new HashMap<>();
    private final Map<String, DeadLetters.Failed> failed = new LinkedHashMap<>();
    private long rowsDone;

    Rebuilding(
            String id,
            Shadow shadow,
            boolean swaps,
            ProjectionHost host,
            Jdbi jdbi,
            JournalReader reader,
            Patience patience,
            int rowsAtOnce) {
        this.id = id;
        this.shadow = shadow;
        this.swaps = swaps;
        this.host = host;
        this.jdbi = jdbi;
        this.reader = reader;
        this.patience = patience;
        this.rowsAtOnce = rowsAtOnce;
        this.name = shadow.view().name();
    }

    @Override
    public void run() {
        try {
            jdbi.useTransaction(shadow::create);
            jdbi.useHandle(handle -> update(handle, "filling", "rows_total = (SELECT count(*) FROM event_journal)"));
            host.ranges().forEach(this::fill);
            hold();
            host.ranges().forEach(this::fill);
            compare();
            jdbi.useTransaction(swaps ? this::swap : this::leave);
            log.info("Rebuild of {} has ended: {}", name, swaps ? "swapped" : "compared");
        } catch (Stopped e) {
            log.info("Rebuild of {} was stopped: {}", name, e.getMessage());
            end("failed", e);
        } catch (RuntimeException e) {
            log.warn("Rebuild of {} failed; the view stays as it was", name, e);
            end("failed", e);
        }
    }

    /** Carries what the worker of these slices has carried by now, and nothing beyond. */
    private void fill(Slices.Range slices) {
        JournalOffset serving = jdbi.withHandle(handle -> Offsets.of(handle, name, slices.toString()));
        while (true) {
            JournalOffset from = reached.getOrDefault(slices, JournalOffset.START);
            if (from.compareTo(serving) >= 0) {
                return;
            }
            JournalReader.Page page = reader.page(slices, from, rowsAtOnce);
            List<JournalRow> rows = page.rows().stream()
                    .filter(row -> row.offset().compareTo(serving) <= 0)
                    .toList();
            jdbi.useTransaction(handle -> carry(handle, rows));
            if (rows.size() < page.rows().size() || page.rows().size() < rowsAtOnce) {
                reached.put(slices, serving);
            } else {
                reached.put(slices, rows.get(rows.size() - 1).offset());
            }
        }
    }

    private void carry(Handle handle, List<JournalRow> rows) {
        rowsDone += rows.size();
        update(handle, null, "rows_done = " + rowsDone);
        rows.stream().filter(row -> failed.containsKey(row.persistenceId())).forEach(this::wait);
        List<JournalRow> wanted = rows.stream()
                .filter(shadow.view()::wants)
                .filter(row -> !failed.containsKey(row.persistenceId()))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        shadow.enter(handle);
        if (!isCarried(handle, wanted)) {
            wanted.forEach(row -> {
                if (failed.containsKey(row.persistenceId())) {
                    wait(row);
                } else {
                    isCarried(handle, List.of(row));
                }
            });
        }
    }

    private void wait(JournalRow row) {
        failed.computeIfPresent(
                row.persistenceId(),
                (pid, before) -> new DeadLetters.Failed(before.row(), row.sequenceNumber(), before.failure()));
    }

    /** Whether it went; the entity of a single row that did not is parked in the end. */
    private boolean isCarried(Handle handle, List<JournalRow> rows) {
        handle.execute("SAVEPOINT some_rows");
        try {
            shadow.view().apply(handle, rows);
            handle.execute("RELEASE SAVEPOINT some_rows");
            return true;
        } catch (RuntimeException e) {
            if (patience.isNotTheRow().test(e) || failed.size() >= patience.entitiesMax()) {
                throw e;
            }
            handle.execute("ROLLBACK TO SAVEPOINT some_rows");
            if (rows.size() == 1) {
                JournalRow row = rows.get(0);
                failed.put(row.persistenceId(), new DeadLetters.Failed(row, row.sequenceNumber(), e));
            }
            return false;
        }
    }

    /** Returns when the batches under way are stored; there are no more then until this is over. */
    private void hold() {
        jdbi.useTransaction(handle -> {
            Actions.begin(handle, name);
            update(handle, "comparing", "rows_done = " + rowsDone);
            handle.createUpdate("UPDATE projection SET held_until = clock_timestamp() + :seconds * interval '1 second'"
                            + " WHERE name = :name")
                    .bind("seconds", HOLD.toSeconds())
                    .bind("name", name)
                    .execute();
        });
    }

    /** Takes no transaction id, so that readers of the journal do not wait for it. */
    private void compare() {
        Shadow.Difference difference = jdbi.inTransaction(handle -> {
            handle.execute("SET TRANSACTION READ ONLY");
            handle.execute("SET LOCAL statement_timeout = '20s'");
            return shadow.difference(handle);
        });
        jdbi.useHandle(handle -> update(
                handle, null, "only_before = " + difference.onlyBefore() + ", only_after = " + difference.onlyAfter()));
    }

    private void swap(Handle handle) {
        Actions.begin(handle, name);
        boolean isHeld = handle.createQuery(
                        "SELECT coalesce(held_until > clock_timestamp(), false) FROM projection WHERE name = :name")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
        if (!isHeld) {
            throw new Stopped("It took longer than the workers wait.");
        }
        shadow.swap(handle);
        handle.createUpdate("DELETE FROM dead_letter WHERE projection = :name")
                .bind("name", name)
                .execute();
        failed.values().forEach(each -> DeadLetters.park(handle, name, each, 1, patience.entitiesMax()));
        release(handle, "swapped");
    }

    private void leave(Handle handle) {
        Actions.begin(handle, name);
        shadow.drop(handle);
        release(handle, "compared");
    }

    private void release(Handle handle, String state) {
        update(handle, state, "ended_at = now()");
        handle.createUpdate("UPDATE projection SET held_until = NULL WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    /** Notes something of this rebuild, unless it was cancelled. */
    private void update(Handle handle, @Nullable String state, String assignments) {
        int updated = handle.createUpdate("UPDATE projection_rebuild SET seen_at = now(),"
                        + " state = coalesce(:state, state), " + assignments
                        + " WHERE id = :id AND state IN ('filling', 'comparing')")
                .bind("state", state)
                .bind("id", id)
                .execute();
        if (updated == 0) {
            throw new Stopped("It was cancelled.");
        }
    }

    private void end(String state, RuntimeException failure) {
        try {
            jdbi.useTransaction(handle -> {
                Actions.begin(handle, name);
                shadow.drop(handle);
                int ended = handle.createUpdate("UPDATE projection_rebuild SET state = :state, ended_at = now(),"
                                + " error = :error WHERE id = :id AND state IN ('filling', 'comparing')")
                        .bind("state", state)
                        .bind("error", Causes.error(failure))
                        .bind("id", id)
                        .execute();
                if (ended > 0) {
                    handle.createUpdate("UPDATE projection SET held_until = NULL WHERE name = :name")
                            .bind("name", name)
                            .execute();
                }
            });
        } catch (JdbiException e) {
            log.warn("The end of the rebuild of {} cannot be noted; it will be found abandoned", name, e);
        }
    }
}
