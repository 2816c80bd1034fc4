/**
 * Bidding sessions: members bid by price, time and weight, the best {@code K} scores win, and the end settles it once.
 * {@code console} and {@code cluster} may depend on it; the rules depend on {@code turn} alone and know nothing of
 * Akka. Start with {@link io.turnwise.bidding.PlaceBid}, then read {@link io.turnwise.bidding.SessionEvent} and {@link
 * io.turnwise.bidding.BiddingSession}.
 */
@NullMarked
package io.turnwise.bidding;

import org.jspecify.annotations.NullMarked;
