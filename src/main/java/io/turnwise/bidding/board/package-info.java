/**
 * The ranked board of a session: who stands where, by score and then by who was first, in logarithmic time. Only {@code
 * bidding} may depend on it; it depends on nothing of ours. Start with {@link io.turnwise.bidding.board.Board}, then
 * read {@link io.turnwise.bidding.board.Ranking} for how it is kept.
 */
@NullMarked
package io.turnwise.bidding.board;

import org.jspecify.annotations.NullMarked;
