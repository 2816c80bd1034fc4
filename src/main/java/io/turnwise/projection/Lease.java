package io.turnwise.projection;

import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.Slices;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The right of one worker to carry rows into its view, under an epoch that goes up with every claim; of two owners the older
 * one finds a newer epoch and cannot write.
 */
final class Lease {

    private static final String MAY_NOT = "p.paused OR coalesce(p.held_until > clock_timestamp(), false) AS may_not";

    private final Jdbi jdbi;
    private final String projection;
    private final Slices.Range slices;
    private final String owner;
    private volatile long newest = -1;

    /**
     * Not claimed yet.
     *
     * @param owner shown to operators: the node
     */
    Lease(Jdbi jdbi, String projection, Slices.Range slices, String owner) {
        this.jdbi = jdbi;
        this.projection = projection;
        this.slices = slices;
        this.owner = owner;
    }

    private record Standing(long epoch, boolean mayNot, boolean hasFailed) {}

    /** Takes the place from whoever has it, and gets its epoch; none while the projection is paused. */
    OptionalLong claim() {
        return jdbi.inTransaction(handle -> {
            Actions.ensure(handle, projection);
            boolean mayNot = handle.createQuery("SELECT " + MAY_NOT + " FROM projection p WHERE name = :name FOR SHARE")
                    .bind("name", projection)
                    .mapTo(Boolean.class)
                    .one();
            if (mayNot) {
                return OptionalLong.empty();
            }
            handle.createUpdate("INSERT INTO projection_worker (projection, slices) VALUES (:name, :slices)"
                            + " ON CONFLICT DO NOTHING")
                    .bind("name", projection)
                    .bind("slices", slices.toString())
                    .execute();
            boolean restarts = handle.createQuery("SELECT restart FROM projection_worker"
                            + " WHERE projection = :name AND slices = :slices FOR UPDATE")
                    .bind("name", projection)
                    .bind("slices", slices.toString())
                    .mapTo(Boolean.class)
                    .one();
            if (restarts) {
                Offsets.forget(handle, projection, slices.toString());
            }
            long epoch = handle.createQuery("UPDATE projection_worker SET epoch = epoch + 1, owner = :owner,"
                            + " claimed_at = now(), restart = false"
                            + " WHERE projection = :name AND slices = :slices RETURNING epoch")
                    .bind("owner", owner)
                    .bind("name", projection)
                    .bind("slices", slices.toString())
                    .mapTo(Long.class)
                    .one();
            newest = epoch;
            return OptionalLong.of(epoch);
        });
    }

    /**
     * Begins a batch: until the end of the transaction nobody can claim, pause or reset.
     *
     * @throws OutOfTurn when somebody already has
     */
    void enter(Handle handle, long epoch) {
        Standing standing = standing(handle, " FOR SHARE OF p, w");
        if (standing.mayNot()) {
            throw new OutOfTurn(projection + " is paused");
        }
        if (standing.epoch() != epoch) {
            throw new OutOfTurn(projection + " " + slices + " has been claimed since, or reset");
        }
        if (standing.hasFailed()) {
            handle.createUpdate("UPDATE projection_worker SET error = NULL, failed_at = NULL"
                            + " WHERE projection = :name AND slices = :slices")
                    .bind("name", projection)
                    .bind("slices", slices.toString())
                    .execute();
        }
    }

    /** Whether a batch could begin now under this epoch, as far as can be told. */
    boolean holds(long epoch) {
        try {
            return jdbi.withHandle(handle -> {
                Standing standing = standing(handle, "");
                return !standing.mayNot() && standing.epoch() == epoch;
            });
        } catch (JdbiException e) {
            return true; // who reads the journal finds out as well
        }
    }

    private Standing standing(Handle handle, String lock) {
        return handle.createQuery("SELECT w.epoch, w.error IS NOT NULL AS has_failed, " + MAY_NOT
                        + " FROM projection_worker w JOIN projection p ON p.name = w.projection"
                        + " WHERE w.projection = :name AND w.slices = :slices" + lock)
                .bind("name", projection)
                .bind("slices", slices.toString())
                .map((row, context) ->
                        new Standing(row.getLong("epoch"), row.getBoolean("may_not"), row.getBoolean("has_failed")))
                .findFirst()
                .orElseThrow(() -> new OutOfTurn(projection + " has not been claimed"));
    }

    /** Stores how far the worker is, in the transaction of what it has carried. */
    void store(Handle handle, JournalOffset offset) {
        Offsets.set(handle, projection, slices.toString(), offset);
    }

    /** Notes why the worker failed, as long as the place is its own. */
    void failed(Throwable failure) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE projection_worker SET error = :error, failed_at = now()"
                        + " WHERE projection = :name AND slices = :slices AND epoch = :epoch")
                .bind("error", Causes.error(failure))
                .bind("name", projection)
                .bind("slices", slices.toString())
                .bind("epoch", newest)
                .execute());
    }
}
