/**
 * What is believed of a user and how one answer changes it: attention, fatigue, motivation, cognition, their trend, and
 * when the user learns. Each rule is its constants with the formula that uses them. Only {@code learner} may depend on it;
 * of ours it depends on {@code numeric} and {@code perception}. Start with
 * {@link io.turnwise.learner.model.state.UserState}.
 */
@NullMarked
package io.turnwise.learner.model.state;

import org.jspecify.annotations.NullMarked;
