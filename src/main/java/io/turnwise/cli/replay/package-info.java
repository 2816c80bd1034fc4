/**
 * Replays recorded auctions through the HTTP API of a running node and holds its results to what the bids say. Only the
 * command line depends on it; of the product it knows the API and how tokens are signed, so that what it expects is its
 * own reckoning. Start with {@link io.turnwise.cli.replay.ReplayCommand}, then
 * {@link io.turnwise.cli.replay.AuctionReplay}.
 */
@NullMarked
package io.turnwise.cli.replay;

import org.jspecify.annotations.NullMarked;
