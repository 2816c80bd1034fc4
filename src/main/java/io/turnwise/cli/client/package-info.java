/**
 * How commands speak to a running node: over its HTTP API, with tokens signed by its own secret, at the speed wanted. Only the command line
 * depends on it. Start with {@link io.turnwise.cli.client.NodeClient}.
 */
@NullMarked
package io.turnwise.cli.client;

import org.jspecify.annotations.NullMarked;
