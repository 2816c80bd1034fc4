package io.turnwise.http.feed;

import io.turnwise.http.Viewer;
import io.turnwise.turn.News;
import io.turnwise.turn.Notice;
import java.time.Instant;

/** Writes messages as JSON, the same for both kinds of streams; called once per message and kind of viewer. */
public interface FeedEncoder {

    /**
     * A state; empty when this viewer is not to know of it.
     *
     * @param at when it was published on this node
     */
    byte[] state(News.State state, Viewer viewer, Instant at);

    /** A notice; empty when this viewer is not to know of it. */
    byte[] notice(String entityId, Notice notice, Viewer viewer);
}
