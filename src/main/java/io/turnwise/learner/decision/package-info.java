/**
 * The decisions of one learner whose outcome is not all known: what was served, what has been learned from it, and what is
 * still to come. Only {@code learner} may depend on it; it depends on {@code learner.model}. Start with
 * {@link io.turnwise.learner.decision.Pending}.
 */
@NullMarked
package io.turnwise.learner.decision;

import org.jspecify.annotations.NullMarked;
