package io.turnwise.learner.model.state;

/**
 * What samples of ability say.
 *
 * @param volatility their standard deviation
 * @param confidence 0 to 1
 */
public record TrendReading(Trend trend, double slopePerDay, double volatility, double confidence) {}
