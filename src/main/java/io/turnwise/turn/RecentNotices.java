package io.turnwise.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The newest notices of a watched entity. Those for everybody and those for one subject are kept apart, so that many bids do not push
 * out what concerns all.
 */
final class RecentNotices {

    private final Shelf forAll;
    private final Shelf forOne;
    private long version;

    RecentNotices(int kept) {
        this.forAll = new Shelf(kept);
        this.forOne = new Shelf(kept);
    }

    /** The entity's version up to which it is complete. */
    long version() {
        return version;
    }

    /** Nothing is known of what came before {@code to}. */
    void skip(long to) {
        forAll.forget(to);
        forOne.forget(to);
        version = to;
    }

    void add(List<Notice> notices, long upTo) {
        for (Notice notice : notices) {
            (notice.audience() == null ? forAll : forOne).add(notice);
        }
        version = upTo;
    }

    /** The version from which on it is complete, and so not below {@code since}. */
    long completeAfter(long since, boolean withPrivate) {
        long after = Math.max(since, forAll.completeAfter);
        return Math.min(version, withPrivate ? Math.max(after, forOne.completeAfter) : after);
    }

    /** All above {@code after}, in order. */
    List<Notice> after(long after, boolean withPrivate) {
        List<Notice> found = new ArrayList<>();
        forAll.addTo(found, after);
        if (withPrivate) {
            forOne.addTo(found, after);
            found.sort(Comparator.comparingLong(Notice::id));
        }
        return found;
    }

    private static final class Shelf {
        private final int kept;
        private final Deque<Notice> notices = new ArrayDeque<>();
        private long completeAfter;

        private Shelf(int kept) {
            this.kept = kept;
        }

        private void add(Notice notice) {
            if (notices.size() >= kept) {
                completeAfter = notices.removeFirst().id();
            }
            notices.addLast(notice);
        }

        private void forget(long version) {
            notices.clear();
            completeAfter = version;
        }

        private void addTo(List<Notice> found, long after) {
            for (Notice notice : notices) {
                if (notice.id() > after) {
                    found.add(notice);
                }
            }
        }
    }
}
