package io.turnwise.projection;

import com.typesafe.config.Config;
import io.turnwise.journal.Outage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * How long a row is tried before its entity is parked.
 *
 * @param pauses before the second, third ... attempt
 * @param entitiesMax how many entities of one projection are parked at most
 * @param isNotTheRow whether a failure says nothing about the row: then it is tried until it goes
 */
record Patience(List<Duration> pauses, int entitiesMax, Predicate<Throwable> isNotTheRow) {

    static Patience of(Config projection, Outage outage) {
        return new Patience(
                projection.getDurationList("retry-pauses"),
                projection.getInt("parked-entities-max"),
                failure -> OutOfTurn.explains(failure) || isConflict(failure) || outage.explains(failure));
    }

    int attempts() {
        return pauses.size() + 1;
    }

    void before(int attempt) {
        try {
            Thread.sleep(pauses.get(attempt - 2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutOfTurn("stopped between two attempts");
        }
    }

    /** Postgres has broken the transaction off in favour of another: a deadlock, a lock not had in time, a cancelled statement. */
    private static boolean isConflict(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return state.startsWith("40") || state.startsWith("55") || state.equals("57014");
            }
        }
        return false;
    }
}
