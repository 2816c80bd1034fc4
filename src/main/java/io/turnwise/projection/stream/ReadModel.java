package io.turnwise.projection.stream;

import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/** What a consumer makes of messages. */
public sealed interface ReadModel {

    /** An effect in Postgres: it and the mark that it is done are one transaction, so every message counts once. */
    @FunctionalInterface
    non-sealed interface InPostgres extends ReadModel {
        /** Makes the effect of one message; throws what it likes when it cannot, and is then tried again. */
        void apply(Handle handle, Published message);
    }

    /**
     * An effect in Redis, whose script has to know by the message's version what it has done already: the mark has to be where the
     * effect is. If Redis loses both, all messages come again from the beginning.
     */
    @FunctionalInterface
    non-sealed interface InRedis extends ReadModel {
        /** Makes the effect of one message; false when it was there already. */
        CompletionStage<Boolean> apply(Published message);
    }
}
