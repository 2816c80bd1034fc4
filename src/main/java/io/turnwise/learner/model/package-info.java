/**
 * The numerics of the learner: what is believed of one user, what is served, and what is learned from the outcome. Values
 * and functions only: no clock, no chance of its own, no I/O, and the same result on every machine. Only {@code learner}
 * and what is above it may depend on it; it depends on nothing of ours outside. Start with
 * {@link io.turnwise.learner.model.Mind}.
 */
@NullMarked
package io.turnwise.learner.model;

import org.jspecify.annotations.NullMarked;
