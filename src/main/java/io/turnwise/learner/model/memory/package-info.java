/**
 * What a learner remembers of each word: when it was met, how likely it is recalled, when it comes next and how well it
 * is known. Pure values and functions without clock or chance; the learner and its evaluation may depend on it, it
 * depends on nothing of ours. Start with {@link io.turnwise.learner.model.memory.WordRecord}, then read
 * {@link io.turnwise.learner.model.memory.ActR} and {@link io.turnwise.learner.model.memory.Stability}.
 */
@NullMarked
package io.turnwise.learner.model.memory;

import org.jspecify.annotations.NullMarked;
