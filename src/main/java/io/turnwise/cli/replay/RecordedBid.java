package io.turnwise.cli.replay;

/**
 * One bid as it was recorded.
 *
 * @param line where it stands in the file
 * @param weightHundredths from the bidder's rating
 * @param offsetMillis from the start of its auction
 */
record RecordedBid(long line, String bidder, int weightHundredths, long priceCents, long offsetMillis) {}
