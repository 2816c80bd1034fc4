package io.turnwise.journal;

import akka.pattern.CircuitBreakerOpenException;
import akka.persistence.RecoveryTimedOut;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store is away: said once in the log when it goes and once when it is back, however many notice.
 *
 * <p>Whoever meets a failure asks whether an outage explains it; who watches the store says when it is over.
 */
public final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    /** Calls that began before the store came back may still fail for so long: their timeouts. */
    private static final long AFTERMATH_NANOS = 10_000_000_000L;

    private final String store;
    private final String meanwhile;
    private final Predicate<Throwable> isSign;
    private boolean away;
    private long sinceNanos;
    private long backNanos = System.nanoTime() - AFTERMATH_NANOS;

    /**
     * A store that is there until somebody finds otherwise.
     *
     * @param meanwhile what users meet while it is away; for the log
     * @param isSign whether a failure says that the store is away
     */
    public Outage(String store, String meanwhile, Predicate<Throwable> isSign) {
        this.store = store;
        this.meanwhile = meanwhile;
        this.isSign = isSign;
    }

    public static Outage ofPostgres() {
        return new Outage("Postgres", "what needs the journal is answered 503", Outage::isPostgresAway);
    }

    /** Whether the store's being away explains the failure; the first to find that says it. */
    public synchronized boolean explains(Throwable failure) {
        if (!isSign.test(failure)) {
            return false;
        }
        if (!away && System.nanoTime() - backNanos >= AFTERMATH_NANOS) {
            begin(failure);
        }
        return true;
    }

    /** From who watches the store: it did not answer. */
    public synchronized void unanswered(Throwable failure) {
        if (!away) {
            begin(failure);
        }
    }

    /** From who watches the store: it answered. */
    public synchronized void answered() {
        if (away) {
            away = false;
            backNanos = System.nanoTime();
            log.info("{} is back after {} ms", store, (backNanos - sinceNanos) / 1_000_000);
        }
    }

    public synchronized boolean isAway() {
        return away;
    }

    private void begin(Throwable failure) {
        away = true;
        sinceNanos = System.nanoTime();
        log.warn("{} is away, {}: {}", store, meanwhile, innermost(failure));
    }

    private static String innermost(Throwable failure) {
        Throwable each = failure;
        while (each.getCause() != null) {
            each = each.getCause();
        }
        String message = String.valueOf(each.getMessage());
        int line = message.indexOf('\n');
        return each.getClass().getSimpleName() + ": " + (line < 0 ? message : message.substring(0, line));
    }

    /**
     * Whether Postgres is unreachable, starting or stopping (SQL state classes 08 and 57P), has run out of disk, memory or
     * connections (53), could not read or write a file (58), or gave no answer or connection in time.
     */
    public static boolean isPostgresAway(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLTransientConnectionException
                    || each instanceof TimeoutException
                    || each instanceof CircuitBreakerOpenException
                    || each instanceof RecoveryTimedOut) {
                return true;
            }
            if (each instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state == null // from the pool, which has closed a broken connection under its user
                        || state.startsWith("08")
                        || state.startsWith("57P")
                        || state.startsWith("53")
                        || state.startsWith("58");
            }
        }
        return false;
    }
}
