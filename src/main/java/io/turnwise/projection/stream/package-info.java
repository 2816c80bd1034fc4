/**
 * Carries domain events to Redis Streams, and takes them from there: the journal is the outbox of what entities do, a table that
 * of what is written outside of them. Domains hand over {@link io.turnwise.projection.stream.Publication}s; whoever reads a stream
 * needs {@link io.turnwise.projection.stream.StreamConsumer} and no actor system. Start with
 * {@link io.turnwise.projection.stream.StreamHost}.
 */
@NullMarked
package io.turnwise.projection.stream;

import org.jspecify.annotations.NullMarked;
