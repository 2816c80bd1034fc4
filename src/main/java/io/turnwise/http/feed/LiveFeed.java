package io.turnwise.http.feed;

import org.jspecify.annotations.Nullable;

/** What all readers of one entity share: the newest state and the newest notices for everybody; changed by the hub alone. */
final class LiveFeed {

    private final Ring forAll;
    private volatile long upTo;
    private volatile @Nullable Publication state;

    LiveFeed(int kept) {
        this.forAll = new Ring(kept, 0);
    }

    Ring forAll() {
        return forAll;
    }

    /** All notices up to this version are in the rings, as far as these reach back. Read it before the rings. */
    long upTo() {
        return upTo;
    }

    /** To be set after the rings are. */
    void upTo(long version) {
        upTo = version;
    }

    /** Never newer than {@link #upTo}, if it is read before that. */
    @Nullable
    Publication state() {
        return state;
    }

    void state(Publication newest) {
        state = newest;
    }

    /** Whether a reader who has had all up to {@code version} finds here all that came after. */
    boolean covers(long version, @Nullable Ring own) {
        return forAll.span().floor() <= version && (own == null || own.span().floor() <= version);
    }
}
