package io.turnwise.projection;

import akka.Done;
import io.turnwise.journal.JournalRow;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/**
 * A read model, and how turns are carried into it.
 *
 * <p>One that wants any rows of an entity that can be erased wants its {@link JournalRow#isErasure erasure}, too, and then removes what it
 * has of it.
 */
public sealed interface View {

    /** Stored with its offsets: never to be changed. */
    String name();

    /** Whether the row has something for this view; asked before the row's turn is decoded, so look at its head only. */
    boolean wants(JournalRow row);

    /** A view in Postgres: its change and its offset are one transaction, so every row counts once. */
    non-sealed interface InPostgres extends View {
        void apply(Handle handle, List<JournalRow> rows);
    }

    /** A view elsewhere: a row may come again after a crash, and must then change nothing. */
    non-sealed interface Elsewhere extends View {
        CompletionStage<Done> apply(List<JournalRow> rows);

        /** Whether the failure is that the place is away, which is said once for all views in it. */
        boolean isAway(Throwable failure);
    }
}
