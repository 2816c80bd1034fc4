/**
 * What commands show while they work. Only the command line depends on it. Start with
 * {@link io.turnwise.cli.terminal.Progress}.
 */
@NullMarked
package io.turnwise.cli.terminal;

import org.jspecify.annotations.NullMarked;
