package io.turnwise.projection;

import io.turnwise.journal.JournalReader;
import io.turnwise.journal.JournalRow;
import io.turnwise.turn.Eraser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes what the stores have of erased entities, in one transaction and when all views have come to their end; keeps what
 * shall remain under a keyed hash of their id.
 */
public final class Erasures implements Eraser {

    private static final String HMAC = "HmacSHA256";

    /** So that the key is not the one by which tokens are signed, though both come of one secret. */
    private static final String PURPOSE = "turnwise erased/1";

    private final Jdbi jdbi;
    private final Executor blocking;
    private final JournalReader reader;
    private final ProjectionHost projections;
    private final byte[] key;

    /**
     * Erases in one database.
     *
     * @param secret the same on all nodes and after every start; with another one nobody is recognised
     */
    public Erasures(Jdbi jdbi, Executor blocking, JournalReader reader, ProjectionHost projections, String secret) {
        this.jdbi = jdbi;
        this.blocking = blocking;
        this.reader = reader;
        this.projections = projections;
        this.key = hmac(secret.getBytes(StandardCharsets.UTF_8), PURPOSE);
    }

    @Override
    public CompletableFuture<Boolean> erase(String persistenceId, long remainder) {
        return later(() -> {
            Optional<JournalRow> last = reader.lastRow(persistenceId).filter(JournalRow::isErasure);
            if (last.isEmpty()) {
                return true; // it was done before, and what is there now is of another life
            }
            if (!projections.havePassed(last.get())) {
                return false;
            }
            jdbi.useTransaction(handle -> remove(handle, last.get(), remainder));
            return true;
        });
    }

    /** Whoever comes second finds the last row gone, and leaves alone what was written since. */
    private void remove(Handle handle, JournalRow last, long remainder) {
        handle.execute("SET LOCAL synchronous_commit = on");
        boolean isThere = handle.createQuery("SELECT FROM event_journal WHERE ordering = :ordering FOR UPDATE")
                .bind("ordering", last.offset().ordering())
                .map((row, context) -> true)
                .findFirst()
                .isPresent();
        if (!isThere) {
            return;
        }
        handle.execute("DELETE FROM event_journal WHERE persistence_id = ?", last.persistenceId());
        handle.execute("DELETE FROM snapshot WHERE persistence_id = ?", last.persistenceId());
        handle.execute("DELETE FROM alarm WHERE persistence_id = ?", last.persistenceId());
        if (remainder != 0) {
            handle.createUpdate("INSERT INTO erased (hash, remainder) VALUES (:hash, :remainder)"
                            + " ON CONFLICT (hash) DO UPDATE SET remainder = excluded.remainder")
                    .bind("hash", hmac(key, last.persistenceId()))
                    .bind("remainder", remainder)
                    .execute();
        }
    }

    @Override
    public CompletableFuture<Long> remainder(String persistenceId) {
        return later(() ->
                jdbi.withHandle(handle -> handle.createQuery("SELECT remainder FROM erased WHERE hash = :hash")
                        .bind("hash", hmac(key, persistenceId))
                        .mapTo(Long.class)
                        .findFirst()
                        .orElse(0L)));
    }

    private <T> CompletableFuture<T> later(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, blocking);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + HMAC, e);
        }
    }
}
