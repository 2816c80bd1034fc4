/**
 * What operators ask a running node about its journal: events, states, differences, snapshots of any entity. Only the command line
 * depends on it. Start with {@link io.turnwise.cli.operations.NodeOptions}.
 */
@NullMarked
package io.turnwise.cli.operations;

import org.jspecify.annotations.NullMarked;
