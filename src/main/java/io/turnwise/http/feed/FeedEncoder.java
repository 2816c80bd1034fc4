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

    /**
     * The last message before an entity's feed ends because it was erased; empty where there is nothing to say.
     *
     * @param sequence not below that of any message before
     * @param at when this node heard of it
     */
    default byte[] erased(String entityId, long sequence, Instant at) {
        return new byte[0];
    }
}
