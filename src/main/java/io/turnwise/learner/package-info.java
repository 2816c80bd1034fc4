/**
 * The adaptive learner: one entity per user that learns from every answer what to serve next, its API, and how well all of
 * that does on real reviews. A domain; only {@code console}, {@code cluster} and the command line may depend on it. Start
 * with {@link io.turnwise.learner.Learner} and {@link io.turnwise.learner.LearnerCommand}, then read
 * {@link io.turnwise.learner.model.Mind} and {@link io.turnwise.learner.Learners}, the door.
 */
@NullMarked
package io.turnwise.learner;

import org.jspecify.annotations.NullMarked;
