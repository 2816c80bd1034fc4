package io.turnwise.journal;

import java.util.function.LongConsumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings a restored or moved journal below the transactions of the server it is on now: all rows get one early transaction id
 * and keep their order, and every view reads anew from the beginning.
 *
 * <p>Not while a node runs. Views take what they have already as done, so nothing in them is lost or counted twice.
 */
public final class Rebase {

    /** The first transaction id that a server gives out; its own set-up has used it up. */
    private static final String EARLIEST = "3";

    private static final int ROWS_AT_ONCE = 10_000;

    private final Jdbi jdbi;

    public Rebase(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Does it, in small transactions; repeating it after an interruption goes on where it was.
     *
     * @param progress takes the number of rows done so far
     * @return the number of rows changed
     */
    public long run(LongConsumer progress) {
        long done = 0;
        int changed;
        do {
            changed = jdbi.withHandle(handle -> handle.createUpdate("UPDATE event_journal SET tx_id = :early::xid8"
                            + " WHERE ordering IN (SELECT ordering FROM event_journal WHERE tx_id > :early::xid8"
                            + " ORDER BY tx_id, ordering LIMIT :limit)")
                    .bind("early", EARLIEST)
                    .bind("limit", ROWS_AT_ONCE)
                    .execute());
            done += changed;
            progress.accept(done);
        } while (changed > 0);
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM akka_projection_offset_store");
            handle.execute("DELETE FROM stream_position"); // they name transactions, too
        });
        return done;
    }
}
