/** Starts one Turnwise node: {@link io.turnwise.Main}. Nobody depends on it; it depends on {@code cluster} alone. */
@NullMarked
package io.turnwise;

import org.jspecify.annotations.NullMarked;
