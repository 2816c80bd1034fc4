package io.turnwise.stores;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.logging.LogLevel;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the schema of a database to the version of this program. */
public final class Migrations {
    private static final String LOCATION = "classpath:db/migration";

    private Migrations() {}

    /**
     * Applies what the database does not have yet; nodes that start at the same time wait for each other.
     *
     * @return how many migrations were applied
     * @throws StoreFailure if the database is newer than this program, unreachable, or a migration fails
     */
    public static int apply(PostgresAccess access) {
        try {
            LogFactory.setLogLevel(LogLevel.WARN);
            Flyway flyway = Flyway.configure()
                    .dataSource(patient(access))
                    .locations(LOCATION)
                    .cleanDisabled(true)
                    .load();
            refuseNewer(flyway);
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new StoreFailure("The schema of " + access + " cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    // Building an index over a grown journal takes longer than any request may.
    private static PGSimpleDataSource patient(PostgresAccess access) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(access.url());
        source.setUser(access.user());
        source.setPassword(access.password());
        source.setSocketTimeout(0);
        return source;
    }

    private static void refuseNewer(Flyway flyway) {
        // A program that does not know a migration does not know what it changed either.
        Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .findFirst()
                .ifPresent(Migrations::refuse);
    }

    private static void refuse(MigrationInfo unknown) {
        throw new StoreFailure(
                ("The database is newer than this program: it has migration %s (%s), which this program does not know."
                                + " Start the newer program, or put back the backup from before it.")
                        .formatted(unknown.getVersion(), unknown.getDescription()));
    }
}
