package io.turnwise.projection;

import com.typesafe.config.Config;
import io.turnwise.journal.JournalReader;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** placeholder. */
public final class Rebuilds {
    Rebuilds(ProjectionHost host, Jdbi jdbi, JournalReader reader, Executor blocking, Config projection) {}

    static Optional<RebuildStanding> standing(Handle handle, String name) {
        return Optional.empty();
    }

    static void requireNone(Handle handle, String projection) {}
}
