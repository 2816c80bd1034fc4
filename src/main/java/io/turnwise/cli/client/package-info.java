/**
 * How commands speak to a running node: over its HTTP API, with tokens signed by its own secret. Only the command line
 * depends on it. Start with {@link io.turnwise.cli.client.NodeClient}.
 */
@NullMarked
package io.turnwise.cli.client;

import org.jspecify.annotations.NullMarked;
