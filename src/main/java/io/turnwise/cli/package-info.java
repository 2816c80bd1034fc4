/**
 * The command line: {@code serve}, {@code replay}, {@code audit}, {@code learner}, {@code version}. Only {@code Main} depends on it. Start with
 * {@link io.turnwise.cli.TurnwiseCommand}.
 */
@NullMarked
package io.turnwise.cli;

import org.jspecify.annotations.NullMarked;
