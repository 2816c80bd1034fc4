/**
 * What a bidding session is played by: its terms, the score formula and the two rules an organiser chooses, all exact.
 * Only {@code bidding} may depend on it; it depends on nothing of ours. Start with
 * {@link io.turnwise.bidding.terms.SessionTerms}, then read {@link io.turnwise.bidding.terms.Scoring}.
 */
@NullMarked
package io.turnwise.bidding.terms;

import org.jspecify.annotations.NullMarked;
