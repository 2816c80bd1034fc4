package io.turnwise.turn;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an entity and that a reader of its feed must get once and in order, however often he reconnects.
 *
 * @param id the version of the event that brought it about: no reader gets two of one id, and they rise
 * @param audience the only subject that may see it; null if everybody may
 * @param body has a name in the catalogue
 */
public record Notice(long id, @Nullable String audience, Object body) {}
