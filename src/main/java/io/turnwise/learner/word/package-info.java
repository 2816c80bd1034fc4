/**
 * The words of one learner, each with the record of its reviews, and how they are stored. Only {@code learner} may depend
 * on it; it depends on {@code learner.model}. Start with {@link io.turnwise.learner.word.Words}.
 */
@NullMarked
package io.turnwise.learner.word;

import org.jspecify.annotations.NullMarked;
