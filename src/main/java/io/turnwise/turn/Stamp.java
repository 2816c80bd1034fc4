package io.turnwise.turn;

/**
 * Who and when: what a rule may know besides the state.
 *
 * @param by the caller's subject; {@link Caller#SYSTEM} for what time alone brings about
 * @param atMillis epoch milliseconds of arrival; never before an earlier stamp of the same entity, whatever the clock does
 * @param version for a command the entity's version before it; for an event the event's own version, counted from 1
 */
public record Stamp(String by, long atMillis, long version) {}
