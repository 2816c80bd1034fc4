package io.turnwise.bidding;

/**
 * What one winner has bought.
 *
 * @param priceCents what he pays, never more than {@code bidPriceCents}
 */
record Order(int rank, String bidder, String name, long bidPriceCents, long priceCents) {}
