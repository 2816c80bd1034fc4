/**
 * What an operator sees and does of the journal, for every kind of entity at once: its events, its states at any time, its snapshots. Depends on
 * {@code http} and what is below it and knows no domain: each is handed over as a {@link io.turnwise.turn.Definition}; only {@code cluster}
 * depends on it. Start with {@link io.turnwise.operations.Operations}.
 */
@NullMarked
package io.turnwise.operations;

import org.jspecify.annotations.NullMarked;
