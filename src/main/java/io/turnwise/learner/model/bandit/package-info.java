/**
 * Who has a say in what is served: four members that vote, the ensemble that weighs them, and cold start, which speaks
 * before they do. Only {@code learner} may depend on it; of ours it depends on {@code numeric}, {@code state} and {@code
 * strategy}. Start with {@link io.turnwise.learner.model.bandit.Ensemble}, then read
 * {@link io.turnwise.learner.model.bandit.Feature} and {@link io.turnwise.learner.model.bandit.Linucb}.
 */
@NullMarked
package io.turnwise.learner.model.bandit;

import org.jspecify.annotations.NullMarked;
