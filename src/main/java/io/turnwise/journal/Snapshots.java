package io.turnwise.journal;

import io.turnwise.turn.Held;
import io.turnwise.turn.SnapshotStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the snapshots of entities, each with its clean-up, where Akka looks for them at recovery. */
public final class Snapshots implements SnapshotStore {

    /** Why one was taken that the entity took by itself. */
    static final String DUE = "due";

    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

    private final Jdbi jdbi;
    private final Executor executor;
    private final TurnSerializer serializer;
    private final InstantSource clock;
    private final int kept;
    private final Outage outage;
    private volatile boolean closed;

    /** @param kept how many of each entity, the newest */
    public Snapshots(
            Jdbi jdbi, Executor executor, TurnSerializer serializer, InstantSource clock, int kept, Outage outage) {
        this.jdbi = jdbi;
        this.executor = executor;
        this.serializer = serializer;
        this.clock = clock;
        this.kept = kept;
        this.outage = outage;
    }

    @Override
    public CompletableFuture<Void> store(String persistenceId, long sequenceNumber, Held.Snapshot image) {
        if (closed) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return CompletableFuture.runAsync(() -> write(persistenceId, sequenceNumber, image, DUE, null), executor)
                    .exceptionally(failure -> failed(persistenceId, failure));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(failed(persistenceId, e));
        }
    }

    /** Stores no more: of a node that stops all entities fall asleep at once, and what is to be stored of them would hold it up. */
    public void close() {
        closed = true;
    }

    /**
     * Stores one because somebody wants it, in the place of one that follows the same row; nothing happens to the entity by it.
     * Blocking.
     *
     * @param sequenceNumber of the row that the image follows
     * @param reason at most 200 characters
     * @return empty when there is no such row, because the entity was erased meanwhile
     */
    public Optional<KeptSnapshot> take(
            String persistenceId, long sequenceNumber, Held.Snapshot image, String reason, String by) {
        return write(persistenceId, sequenceNumber, image, reason, by);
    }

    private Optional<KeptSnapshot> write(
            String persistenceId, long sequenceNumber, Held.Snapshot image, String reason, @Nullable String by) {
        byte[] payload = serializer.toBinary(image);
        KeptSnapshot written = new KeptSnapshot(
                persistenceId,
                sequenceNumber,
                image.version(),
                image.atMillis(),
                reason,
                by,
                clock.millis(),
                payload.length);
        int[] stored = {0};
        jdbi.useTransaction(handle -> {
            stored[0] = handle.createUpdate(
                            "INSERT INTO snapshot (persistence_id, sequence_number, created,"
                                    + " snapshot_ser_id, snapshot_ser_manifest, snapshot_payload, version, at_millis, reason, taken_by)"
                                    + " SELECT persistence_id, sequence_number, :created, :serializer, :manifest, :payload, :version,"
                                    + " :at, :reason, :by FROM event_journal WHERE persistence_id = :pid AND sequence_number = :number"
                                    + " FOR KEY SHARE" // of an entity that is erased meanwhile none is stored
                                    + " ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET created = excluded.created,"
                                    + " reason = excluded.reason, taken_by = excluded.taken_by WHERE excluded.taken_by IS NOT NULL")
                    .bind("pid", persistenceId)
                    .bind("number", sequenceNumber)
                    .bind("created", written.createdMillis())
                    .bind("serializer", TurnSerializer.IDENTIFIER)
                    .bind("manifest", serializer.manifest(image))
                    .bind("payload", payload)
                    .bind("version", image.version())
                    .bind("at", image.atMillis())
                    .bind("reason", reason)
                    .bind("by", by)
                    .execute();
            handle.createUpdate(
                            "DELETE FROM snapshot WHERE persistence_id = :pid"
                                    + " AND sequence_number < (SELECT min(sequence_number) FROM (SELECT sequence_number"
                                    + " FROM snapshot WHERE persistence_id = :pid ORDER BY sequence_number DESC LIMIT :kept) n)")
                    .bind("pid", persistenceId)
                    .bind("kept", kept)
                    .execute();
        });
        return stored[0] == 0 ? Optional.empty() : Optional.of(written);
    }

    /** The journal has every turn all the same; the next snapshot comes when it is due. */
    private @Nullable Void failed(String persistenceId, Throwable failure) {
        if (!outage.explains(failure)) {
            log.error("No snapshot of {} could be stored", persistenceId, failure);
        }
        return null;
    }
}
