/**
 * The journal as stored: which name stands for which event, how a turn becomes bytes and back, and how rows are read again in
 * a safe order. {@code projection} and everything above may depend on it; it depends on {@code turn} alone and knows no
 * domain. Start with {@link io.turnwise.journal.EventCatalog} and {@link io.turnwise.journal.TurnCodec}.
 */
@NullMarked
package io.turnwise.journal;

import org.jspecify.annotations.NullMarked;
