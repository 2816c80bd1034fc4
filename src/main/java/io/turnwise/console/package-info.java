/** The console in the browser: its pages and what they need of the server. Only {@code cluster} depends on it. */
@NullMarked
package io.turnwise.console;

import org.jspecify.annotations.NullMarked;
