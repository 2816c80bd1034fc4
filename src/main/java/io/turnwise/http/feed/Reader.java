package io.turnwise.http.feed;

import akka.util.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One reader's place in a feed.
 *
 * <p>Nothing waits here for a reader but what he had missed before he came: of a live feed he only knows how far he has read, and takes
 * what is newer when he can.
 */
final class Reader {

    /** He has missed nothing: what happens from now on is wanted. */
    static final long FROM_NOW = Long.MAX_VALUE;

    /**
     * What the hub hands him when he comes, or comes to the end of the page before.
     *
     * @param after the version up to which he has had everything
     * @param upTo the version up to which he has everything when he has had these
     */
    record Page(LiveFeed feed, @Nullable Ring own, long after, List<Piece> pieces, long upTo) {}

    /** Messages that are written at once at most. */
    private static final int AT_ONCE = 256;

    private final Form form;
    private final Feeds.Joining joining;
    private final Runnable signal;
    private final Feeds feeds;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile @Nullable Page page;
    private volatile @Nullable Piece farewell;

    private boolean begun;
    private boolean live;
    private @Nullable String over;
    private int pageIndex;
    private long version;
    private volatile long stateVersion = -1;

    /**
     * A reader who has not been given his place yet.
     *
     * @param signal says that there may be something to take; called by any thread, and not again before {@link #heard}
     */
    Reader(Feeds feeds, Feeds.Joining joining, Form form, Runnable signal) {
        this.feeds = feeds;
        this.joining = joining;
        this.form = form;
        this.signal = signal;
    }

    Feeds.Joining joining() {
        return joining;
    }

    /** The version of the newest state he has had; -1 if none. */
    long stateVersion() {
        return stateVersion;
    }

    // ---- called by the hub

    void place(Page given) {
        page = given;
        wake();
    }

    /** Nothing more comes but {@code last}, before whatever he has not taken yet. */
    void end(Piece last) {
        farewell = last;
        wake();
    }

    void wake() {
        if (signalled.compareAndSet(false, true)) {
            signal.run();
        }
    }

    // ---- called by his stream

    /** To be called when the signal is seen, and before the next {@link #take}. */
    void heard() {
        signalled.set(false);
    }

    /** Why nothing more comes; null while something may. */
    @Nullable
    String over() {
        return over;
    }

    /** What is new; empty if nothing is. */
    ByteString take() {
        if (over != null) {
            return ByteString.emptyByteString();
        }
        Piece last = farewell;
        if (last != null) {
            over = "What you read was erased.";
            return last.as(form, joining.viewer());
        }
        Page at = page;
        if (at == null) {
            return ByteString.emptyByteString();
        }
        List<Piece> pieces = new ArrayList<>();
        ByteString bytes = ByteString.emptyByteString();
        if (!live) {
            takeMissed(at, pieces);
        }
        if (live) {
            takeLive(at, pieces);
        }
        for (Piece piece : pieces) {
            ByteString message = piece.as(form, joining.viewer());
            if (!begun && !message.isEmpty()) {
                begun = true;
                // before the first state he may see; a notice has an id of its own, and who may see neither is told no
                // version
                bytes = piece.isNotice() ? bytes : bytes.concat(form.beginning(at.after()));
            }
            bytes = bytes.concat(message);
        }
        return bytes;
    }

    private void takeMissed(Page at, List<Piece> pieces) {
        int end = Math.min(at.pieces().size(), pageIndex + AT_ONCE);
        pieces.addAll(at.pieces().subList(pageIndex, end));
        pageIndex = end;
        if (end < at.pieces().size()) {
            return;
        }
        version = at.upTo();
        if (at.feed().covers(version, at.own())) {
            live = true;
            page = new Page(at.feed(), at.own(), version, List.of(), version);
        } else {
            page = null;
            pageIndex = 0;
            feeds.more(this, version);
        }
    }

    private void takeLive(Page at, List<Piece> pieces) {
        Publication state = at.feed().state();
        long upTo = at.feed().upTo();
        Ring.Span forAll = at.feed().forAll().span();
        Ring.Span own = at.own() == null ? null : at.own().span();
        if (forAll.floor() > version || (own != null && own.floor() > version)) {
            over = "You read too slowly; come again with the last id you have.";
            return;
        }
        int missed = pieces.size();
        if (upTo > version) {
            forAll.addTo(pieces, version, upTo);
            if (own != null && !own.pieces().isEmpty()) {
                own.addTo(pieces, version, upTo);
                pieces.subList(missed, pieces.size()).sort(Comparator.comparingLong(Piece::id));
            }
            version = upTo;
        }
        if (state != null && state.piece().id() > stateVersion) {
            pieces.add(placeOf(state.piece(), pieces, missed), state.piece());
            stateVersion = state.piece().id();
            state.taken();
        }
    }

    /** After all notices that lead to it. */
    private static int placeOf(Piece state, List<Piece> pieces, int from) {
        int place = from;
        while (place < pieces.size() && pieces.get(place).id() <= state.id()) {
            place++;
        }
        return place;
    }
}
