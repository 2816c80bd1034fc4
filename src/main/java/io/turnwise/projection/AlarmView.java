package io.turnwise.projection;

import io.turnwise.journal.JournalRow;
import io.turnwise.turn.Definition;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** When each entity wants to be woken: the {@code wake_at} of its newest turn, in table {@code alarm}. */
public final class AlarmView implements View.InPostgres {

    @Override
    public String name() {
        return "alarms";
    }

    @Override
    public List<String> tables() {
        return List.of("alarm");
    }

    @Override
    public boolean wants(JournalRow row) {
        return true;
    }

    @Override
    public void apply(Handle handle, List<JournalRow> rows) {
        // the newest row of an entity counts alone, and rows come in order
        var newest = rows.stream()
                .collect(Collectors.toMap(JournalRow::persistenceId, Function.identity(), (earlier, later) -> later));
        PreparedBatch set = handle.prepareBatch("INSERT INTO alarm (persistence_id, version, wake_at)"
                + " VALUES (:pid, :version, :wakeAt) ON CONFLICT (persistence_id) DO UPDATE"
                + " SET version = excluded.version, wake_at = excluded.wake_at"
                + " WHERE alarm.version < excluded.version AND alarm.wake_at <> excluded.wake_at");
        PreparedBatch clear =
                handle.prepareBatch("DELETE FROM alarm WHERE persistence_id = :pid AND version < :version");
        newest.forEach((pid, row) -> {
            PreparedBatch batch = row.head().wakeAtMillis() == Definition.NEVER ? clear : set;
            batch.bind("pid", pid).bind("version", row.head().version());
            if (batch == set) {
                batch.bind("wakeAt", row.head().wakeAtMillis());
            }
            batch.add();
        });
        if (set.size() > 0) {
            set.execute();
        }
        if (clear.size() > 0) {
            clear.execute();
        }
    }
}
