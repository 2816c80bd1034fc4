/**
 * Live feeds: what an entity tells those who watch it, carried to every reader on this node over server-sent events or a WebSocket.
 * Only domains and {@code cluster} may depend on it. Start with {@link io.turnwise.http.feed.Feeds}, then read {@link
 * io.turnwise.http.feed.HubFeed} (what the node holds of one entity) and {@link io.turnwise.http.feed.Reader} (what one reader has had
 * of it).
 */
@NullMarked
package io.turnwise.http.feed;

import org.jspecify.annotations.NullMarked;
