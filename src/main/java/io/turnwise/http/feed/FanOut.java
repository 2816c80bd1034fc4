package io.turnwise.http.feed;

import io.turnwise.turn.News;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands the states of one entity to its readers, at the pace that these can take. */
final class FanOut {

    /** The shortest pause that a timer can make. */
    private static final Duration TICK = Duration.ofMillis(10);

    private final FeedHub.Surroundings surroundings;
    private final FeedHub.Tie tie;
    private final LiveFeed live;
    private final Set<Reader> readers;
    private final Pace pace;
    private final Deque<Reader> toWake = new ArrayDeque<>();
    private long all;
    private long begunNanos;
    private boolean wakeAgain;
    private News.@Nullable State newest;
    private @Nullable Publication published;
    private long publishedBefore = -1;

    FanOut(FeedHub.Surroundings surroundings, FeedHub.Tie tie, LiveFeed live, Set<Reader> readers) {
        this.surroundings = surroundings;
        this.tie = tie;
        this.live = live;
        this.readers = readers;
        FeedSettings settings = surroundings.settings();
        this.pace = new Pace(settings.intervalMin(), settings.intervalMax(), settings.statesPerSecond());
    }

    /** The version of the newest state; -1 if there is none. */
    long newestVersion() {
        return newest == null ? -1 : newest.version();
    }

    void newest(News.State state) {
        if (state.version() >= newestVersion()) {
            newest = state;
        }
    }

    /**
     * Hands out the newest state if its time has come, and only while no notice is newer: so sequences rise for every reader. When one
     * is, the state that shows it is on its way.
     */
    void publish() {
        if (newest == null || newest.version() != live.upTo() || !toWake.isEmpty()) {
            return;
        }
        long nowNanos = System.nanoTime();
        Publication last = published;
        if (last != null && last.piece().id() == newest.version()) {
            return;
        }
        if (last != null) {
            long restNanos = pace.restNanos(last, nowNanos);
            if (restNanos > 0) {
                tie.wakeIn(Duration.ofNanos(restNanos));
                return;
            }
        }
        handOut(newest, nowNanos);
    }

    private void handOut(News.State state, long nowNanos) {
        pace.readers(readers.size());
        Instant at = surroundings.clock().instant();
        Piece piece = new Piece(
                state.version(), false, viewer -> surroundings.encoder().state(state, viewer, at));
        long before = published == null ? -1 : published.piece().id();
        published = new Publication(piece, enough(), nowNanos);
        publishedBefore = before;
        live.state(published);
        wakeAll();
    }

    /** Nine in ten of those who have kept up; who has not taken the last two does not hold up the others. */
    private int enough() {
        int current = 0;
        for (Reader reader : readers) {
            if (reader.stateVersion() >= publishedBefore) {
                current++;
            }
        }
        return current * 9 / 10;
    }

    /** There is something new for everybody. */
    void wakeAll() {
        if (toWake.isEmpty()) {
            begin();
            wakeSome();
        } else {
            wakeAgain = true;
        }
    }

    private void begin() {
        toWake.addAll(readers);
        all = toWake.size();
        begunNanos = System.nanoTime();
    }

    /** Some at a time, so that bids do not queue behind thousands of readers; the first at once. */
    void wakeSome() {
        long due = all * (System.nanoTime() - begunNanos) / pace.spreadNanos();
        long left = Math.min(toWake.size() - surroundings.settings().readersAtOnce(), all - due);
        while (toWake.size() > Math.max(0, left)) {
            toWake.removeFirst().wake();
        }
        if (toWake.isEmpty() && wakeAgain) {
            wakeAgain = false;
            begin();
        }
        if (toWake.isEmpty()) {
            publish();
        } else {
            tie.goOnIn(TICK);
        }
    }
}
