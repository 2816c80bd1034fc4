package io.turnwise.journal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest snapshots of each entity and drops the rest, off the turns' path. */
public final class Snapshots {

    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

    private final Jdbi jdbi;
    private final Executor executor;
    private final int kept;
    private final Outage outage;
    /** One clean-up per entity is enough, however often it is asked for. */
    private final Set<String> queued = ConcurrentHashMap.newKeySet();

    public Snapshots(Jdbi jdbi, Executor executor, int kept, Outage outage) {
        this.jdbi = jdbi;
        this.executor = executor;
        this.kept = kept;
        this.outage = outage;
    }

    /** Soon drops all but the newest snapshots of this entity. */
    public void keepNewest(String persistenceId) {
        if (queued.add(persistenceId)) {
            executor.execute(() -> dropOld(persistenceId));
        }
    }

    private void dropOld(String persistenceId) {
        queued.remove(persistenceId);
        try {
            jdbi.useHandle(handle -> handle.createUpdate(
                            "DELETE FROM snapshot WHERE persistence_id = :pid"
                                    + " AND sequence_number < (SELECT min(sequence_number) FROM (SELECT sequence_number"
                                    + " FROM snapshot WHERE persistence_id = :pid ORDER BY sequence_number DESC LIMIT :kept) n)")
                    .bind("pid", persistenceId)
                    .bind("kept", kept)
                    .execute());
        } catch (JdbiException e) {
            if (!outage.explains(e)) {
                log.warn("Old snapshots of {} stay until its next one: {}", persistenceId, e.getMessage());
            }
        }
    }
}
