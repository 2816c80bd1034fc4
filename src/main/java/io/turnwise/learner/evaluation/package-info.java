/**
 * How well recall is predicted on a log of real practice: sessions before the last are fitted on, the last is scored.
 * Pure but for the optimiser of a library; the command line depends on it, of ours it depends on
 * {@code learner.model.memory}. Start with {@link io.turnwise.learner.evaluation.Evaluation}.
 */
@NullMarked
package io.turnwise.learner.evaluation;

import org.jspecify.annotations.NullMarked;
