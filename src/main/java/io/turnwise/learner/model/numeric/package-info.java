/**
 * The one value that the others of the model are made of: a row of doubles that never changes. The whole of {@code
 * learner} may depend on it; it depends on nothing of ours. There is only {@link io.turnwise.learner.model.numeric.Doubles}.
 */
@NullMarked
package io.turnwise.learner.model.numeric;

import org.jspecify.annotations.NullMarked;
