package io.turnwise.journal;

import java.util.List;

/**
 * What can be told of a turn without decoding its entries.
 *
 * @param version of its first event
 * @param wakeAtMillis as in {@link io.turnwise.turn.Turn}
 * @param names of the events in it, each once
 */
public record TurnHead(long version, long wakeAtMillis, List<String> names) {}
