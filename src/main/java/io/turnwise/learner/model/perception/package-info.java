/**
 * What is perceived of one answer: it is checked, held to its bounds and measured against how people usually answer.
 * Only {@code learner} may depend on it; of ours it depends on {@code numeric}. Start with
 * {@link io.turnwise.learner.model.perception.RawAnswer}, then read
 * {@link io.turnwise.learner.model.perception.PerceptionRule}.
 */
@NullMarked
package io.turnwise.learner.model.perception;

import org.jspecify.annotations.NullMarked;
