/**
 * What the command line does with logs of practice: holds models of recall to them, or plays them to a
 * node. Only the command line depends on it.
 * Start with {@link io.turnwise.cli.learner.EvaluateCommand}, then
 * {@link io.turnwise.cli.learner.LearnerReplayCommand}.
 */
@NullMarked
package io.turnwise.cli.learner;

import org.jspecify.annotations.NullMarked;
