/**
 * What is served to a user: strategies, the 24 that are chosen from, what limits and replaces them, and what their
 * outcome is worth. Only {@code learner} may depend on it; of ours it depends on {@code state} and {@code perception}.
 * Start with {@link io.turnwise.learner.model.strategy.Strategy}, then read
 * {@link io.turnwise.learner.model.strategy.Guardrails}.
 */
@NullMarked
package io.turnwise.learner.model.strategy;

import org.jspecify.annotations.NullMarked;
