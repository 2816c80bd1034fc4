/**
 * What a node counts and measures of itself, for a Prometheus that asks. Domains hand over their meters as values and
 * only {@code cluster}, which puts them together, depends on this. Start with {@link io.turnwise.metrics.Metrics}.
 */
@NullMarked
package io.turnwise.metrics;

import org.jspecify.annotations.NullMarked;
