package io.turnwise.http.feed;

import io.turnwise.journal.Replay;
import io.turnwise.turn.News;
import io.turnwise.turn.Notice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One question for missed notices, and what has come of it: what the entity remembers, then what its journal says of the time before. */
final class Fill {

    private final long number;
    private final long from;
    private final Set<String> subjects;
    private final boolean mends;
    private final List<Notice> notices = new ArrayList<>();
    /** Above it the entity remembers all; negative while it has not answered. */
    private long remembersFrom = -1;

    private long upTo;
    private boolean reading;
    private boolean whole;

    /**
     * A question.
     *
     * @param from the version after which notices are wanted
     * @param subjects whose own are wanted besides those for everybody
     * @param mends whether the row of notices has broken at {@code from} or later
     */
    Fill(long number, long from, Set<String> subjects, boolean mends) {
        this.number = number;
        this.from = from;
        this.subjects = Set.copyOf(subjects);
        this.mends = mends;
    }

    long number() {
        return number;
    }

    long from() {
        return from;
    }

    Set<String> subjects() {
        return subjects;
    }

    boolean mends() {
        return mends;
    }

    boolean withPrivate() {
        return !subjects.isEmpty();
    }

    boolean isWanted(Notice notice) {
        return notice.audience() == null || subjects.contains(notice.audience());
    }

    /** Takes a part of the answer, and says whether it was the last. */
    boolean take(News.Found found) {
        if (found.number() != number || reading) {
            return false;
        }
        boolean isFirst = remembersFrom < 0 || found.after() < upTo; // again from the beginning: it was asked twice
        if (isFirst) {
            remembersFrom = found.after();
            notices.clear();
        }
        found.notices().stream().filter(this::isWanted).forEach(notices::add);
        upTo = found.upTo();
        whole = found.last();
        reading = found.last() && remembersFrom > from;
        return found.last();
    }

    boolean isReading() {
        return reading;
    }

    /** Whether nothing is missing before what the entity remembers. */
    boolean reachesBack() {
        return !reading;
    }

    long remembersFrom() {
        return remembersFrom;
    }

    /** Puts what the journal says before what the entity said; if the journal has more to say the end is left out. */
    void prepend(Replay.Noticed found) {
        reading = false;
        if (found.upTo() < remembersFrom) {
            notices.clear();
            upTo = found.upTo();
            whole = false;
        }
        notices.addAll(0, found.notices());
    }

    /** What was found, in order; complete up to {@link #upTo}. */
    List<Notice> notices() {
        return notices;
    }

    long upTo() {
        return upTo;
    }

    /** Whether it goes on to the entity's version. */
    boolean isWhole() {
        return whole;
    }

    /** What was found, by audience. */
    static final class Missed {
        private final List<Piece> forAll = new ArrayList<>();
        private final Map<String, List<Piece>> forOne = new HashMap<>();

        List<Piece> of(@Nullable String subject, long since) {
            List<Piece> found = new ArrayList<>();
            forAll.stream().filter(piece -> piece.id() > since).forEach(found::add);
            if (subject != null) {
                forOne.getOrDefault(subject, List.of()).stream()
                        .filter(piece -> piece.id() > since)
                        .forEach(found::add);
                found.sort(Comparator.comparingLong(Piece::id));
            }
            return found;
        }
    }

    Missed missed(Function<Notice, Piece> pieces) {
        Missed missed = new Missed();
        for (Notice notice : notices) {
            (notice.audience() == null
                            ? missed.forAll
                            : missed.forOne.computeIfAbsent(notice.audience(), name -> new ArrayList<>()))
                    .add(pieces.apply(notice));
        }
        return missed;
    }
}
