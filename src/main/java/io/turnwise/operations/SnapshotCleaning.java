package io.turnwise.operations;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.turnwise.journal.Outage;
import io.turnwise.journal.SnapshotShelf;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes old snapshots of everybody from time to time; more than one node may do so at once. */
final class SnapshotCleaning {

    private static final Logger log = LoggerFactory.getLogger(SnapshotCleaning.class);

    private final SnapshotShelf shelf;
    private final InstantSource clock;
    private final Outage outage;
    private final Duration keptFor;

    SnapshotCleaning(SnapshotShelf shelf, InstantSource clock, Outage outage, Duration keptFor) {
        this.shelf = shelf;
        this.clock = clock;
        this.outage = outage;
        this.keptFor = keptFor;
    }

    /** From now on, until the system stops. */
    void start(ActorSystem<?> system, Executor blocking, Config config) {
        Duration interval = config.getDuration("turnwise.operations.snapshot-clean-interval");
        system.scheduler()
                .scheduleWithFixedDelay(
                        interval, interval, () -> blocking.execute(this::clean), system.executionContext());
    }

    void clean() {
        try {
            long deleted = shelf.deleteBefore(clock.instant().minus(keptFor).toEpochMilli(), null);
            if (deleted > 0) {
                log.info("Deleted {} snapshots older than {} days", deleted, keptFor.toDays());
            }
        } catch (RuntimeException e) {
            if (!outage.explains(e)) {
                log.error("Old snapshots could not be deleted", e);
            }
        }
    }
}
