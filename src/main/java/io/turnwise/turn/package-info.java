/**
 * The kernel: every entity has one mailbox, and whatever waits in it is decided turn by turn, written as one journal row,
 * and answered. Everybody may depend on it; it depends on nothing of ours. Start with {@link io.turnwise.turn.Command},
 * {@link io.turnwise.turn.Event} and {@link io.turnwise.turn.Decision}, then read {@link io.turnwise.turn.Deciding} (what a
 * turn does) and {@link io.turnwise.turn.TurnEntity} (who runs it).
 */
@NullMarked
package io.turnwise.turn;

import org.jspecify.annotations.NullMarked;
