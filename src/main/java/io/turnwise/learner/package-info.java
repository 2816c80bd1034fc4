/**
 * The adaptive learner: what it knows of each user, and how that is learned and tested. A domain; only {@code console},
 * {@code cluster} and the command line may depend on it. Start with
 * {@link io.turnwise.learner.model.Mind}, then read {@link io.turnwise.learner.model.memory}.
 */
@NullMarked
package io.turnwise.learner;

import org.jspecify.annotations.NullMarked;
