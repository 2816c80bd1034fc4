package io.turnwise.turn;

/**
 * How often one caller may ask something of one entity: a token bucket.
 *
 * @param perSecond how many tokens come back in a second, at least 1
 * @param burst how many there are at most, at least 1
 */
public record Pace(int perSecond, int burst) {}
