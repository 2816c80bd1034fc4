/**
 * One node: the order in which its parts start and stop, when it is ready, and which domains it puts together. Only
 * {@code Main} and its commands depend on it; it may depend on everything. Start with {@link io.turnwise.cluster.Node}.
 */
@NullMarked
package io.turnwise.cluster;

import org.jspecify.annotations.NullMarked;
