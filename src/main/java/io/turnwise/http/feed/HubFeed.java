package io.turnwise.http.feed;

import io.turnwise.journal.Replay;
import io.turnwise.turn.Message;
import io.turnwise.turn.News;
import io.turnwise.turn.Notice;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the hub holds of one entity that is read on this node: the readers, and the notices they share.
 *
 * <p>Notices come in an unbroken row. Where the row breaks (the entity moved, a message between nodes was lost), and where a reader
 * has missed more than is here, one {@link Fill} at a time fetches it from the entity and its journal, for all who wait.
 */
final class HubFeed {

    /** Readers with the same subject, and the notices for them alone. */
    private record Audience(Ring ring, Set<Reader> readers) {}

    private final String entityId;
    private final FeedHub.Surroundings surroundings;
    private final FeedSettings settings;
    private final FeedHub.Tie tie;
    private final LiveFeed live;
    private final FanOut fanOut;
    private final Set<Reader> readers = new HashSet<>();
    private final Map<String, Audience> audiences = new HashMap<>();

    /** Whether the entity has said where its row of notices is. */
    private boolean begun;
    /** Whether the entity, as it lives now, knows that it is watched. */
    private boolean attached;
    /** Whether notices are missing above {@code live.upTo()}. */
    private boolean broken;
    /** What has come beyond the break. */
    private final Deque<News.Noticed> ahead = new ArrayDeque<>();
    /** Those who have no place yet, with the version up to which they have had everything. */
    private final Map<Reader, Long> waiting = new HashMap<>();

    private @Nullable Fill fill;
    private boolean resting;
    private long trimTo;

    HubFeed(String entityId, FeedHub.Surroundings surroundings, FeedHub.Tie tie) {
        this.entityId = entityId;
        this.surroundings = surroundings;
        this.settings = surroundings.settings();
        this.tie = tie;
        this.live = new LiveFeed(settings.publicNotices());
        this.fanOut = new FanOut(surroundings, tie, live, readers);
    }

    /** Watches until the entity says that it does so. */
    void watchSurely() {
        attached = false;
        watch();
        tie.wakeIn(settings.readAgain());
    }

    private void watch() {
        surroundings.source().watch(entityId, tie.news(), fanOut.newestVersion() < live.upTo());
    }

    /** Watches for another lease, and forgets what everybody for whom it was has had time to take. */
    void renew() {
        watch();
        audiences.values().forEach(audience -> audience.ring().trim(trimTo));
        trimTo = live.upTo();
    }

    void end() {
        tie.to(null);
    }

    /**
     * Whether the entity was erased since what is here was told: it says so, or, where that was lost between nodes, is younger
     * than what was told.
     */
    boolean isOfAnEarlierLife(News news) {
        if (news instanceof News.Watched watched) {
            return watched.version() < live.upTo();
        }
        if (news instanceof News.Found found) {
            return found.last() && found.upTo() < live.upTo();
        }
        return news instanceof News.Erased;
    }

    /** Tells all readers that what they read is no more. */
    void endReaders() {
        long sequence = Math.max(live.upTo(), fanOut.newestVersion());
        Instant at = surroundings.clock().instant();
        Piece last = new Piece(
                0, true, viewer -> surroundings.encoder().erased(entityId, sequence, at)); // a new life counts from 0
        readers.forEach(reader -> reader.end(last));
    }

    // ---- readers

    void join(Reader reader) {
        readers.add(reader);
        String subject = reader.joining().subject();
        if (subject != null) {
            audiences
                    .computeIfAbsent(
                            subject,
                            name -> new Audience(new Ring(settings.privateNotices(), live.upTo()), new HashSet<>(2)))
                    .readers()
                    .add(reader);
        }
        seat(reader, reader.joining().since());
    }

    /** Whether nobody is left. */
    boolean leave(Reader reader) {
        readers.remove(reader);
        waiting.remove(reader);
        String subject = reader.joining().subject();
        Audience audience = subject == null ? null : audiences.get(subject);
        if (audience != null
                && audience.readers().remove(reader)
                && audience.readers().isEmpty()) {
            audiences.remove(subject);
        }
        return readers.isEmpty();
    }

    void more(Reader reader, long version) {
        if (readers.contains(reader)) {
            seat(reader, version);
        }
    }

    /** Gives a reader his place at once if all that he has missed is here. */
    private void seat(Reader reader, long since) {
        Ring own = ring(reader);
        if (begun && !broken && since == Reader.FROM_NOW) {
            reader.place(new Reader.Page(live, own, live.upTo(), List.of(), live.upTo()));
        } else if (begun && !broken && since <= live.upTo() && live.covers(since, own)) {
            reader.place(new Reader.Page(live, own, since, List.of(), since));
        } else {
            waiting.put(reader, since);
            fill();
        }
    }

    private @Nullable Ring ring(Reader reader) {
        String subject = reader.joining().subject();
        Audience audience = subject == null ? null : audiences.get(subject);
        return audience == null ? null : audience.ring();
    }

    // ---- news

    void told(News news) {
        if (news instanceof News.Watched watched) {
            watched(watched);
        } else if (news instanceof News.Noticed noticed) {
            noticed(noticed);
        } else if (news instanceof News.State state) {
            state(state);
        } else if (news instanceof News.Found found && fill != null && fill.take(found)) {
            filled(fill);
        }
    }

    private void watched(News.Watched watched) {
        tie.to(watched.gate());
        attached = true;
        if (!begun) {
            begun = true;
            live.forAll().raise(watched.version());
            audiences.values().forEach(audience -> audience.ring().raise(watched.version()));
            live.upTo(watched.version());
            trimTo = watched.version();
            Map<Reader, Long> unseated = Map.copyOf(waiting);
            waiting.clear();
            unseated.forEach(this::seat);
        } else if (watched.version() > live.upTo()) {
            broken = true;
        }
        if (fill != null && !fill.isReading()) {
            ask(fill); // the question may have met an entity that had just woken and did not know yet
        }
        fill();
        fanOut.publish();
    }

    private void noticed(News.Noticed noticed) {
        if (!begun || noticed.upTo() <= live.upTo()) {
            return;
        }
        if (!broken && noticed.after() <= live.upTo()) {
            append(noticed.notices(), noticed.upTo());
            fanOut.publish();
            return;
        }
        broken = true;
        if (ahead.size() >= settings.turnsAhead()) {
            ahead.removeFirst(); // another break, to be mended when the row has come there
        }
        ahead.addLast(noticed);
        fill();
    }

    private void append(List<Notice> notices, long upTo) {
        Set<Reader> concerned = new HashSet<>();
        boolean all = false;
        for (Notice notice : notices) {
            if (notice.id() <= live.upTo()) {
                continue;
            }
            if (notice.audience() == null) {
                live.forAll().add(piece(notice));
                all = true;
            } else {
                Audience audience = audiences.get(notice.audience());
                if (audience != null) {
                    audience.ring().add(piece(notice));
                    concerned.addAll(audience.readers());
                }
            }
        }
        live.upTo(upTo);
        if (all) {
            fanOut.wakeAll();
        } else {
            concerned.forEach(Reader::wake);
        }
    }

    private Piece piece(Notice notice) {
        return new Piece(notice.id(), true, viewer -> surroundings.encoder().notice(entityId, notice, viewer));
    }

    // ---- states

    private void state(News.State state) {
        fanOut.newest(state);
        if (begun && state.version() > live.upTo()) {
            broken = true;
            fill();
        }
        fanOut.publish();
    }

    /** A pause is over: of the states, after a journal could not be read, or of the watch. */
    void due() {
        resting = false;
        if (!attached) {
            watchSurely();
        }
        fill();
        fanOut.publish();
    }

    /** Goes on with waking the readers. */
    void wakeSome() {
        fanOut.wakeSome();
    }

    // ---- what was missed

    private void fill() {
        if (!begun || fill != null || resting || (waiting.isEmpty() && !broken)) {
            return;
        }
        long from = broken ? live.upTo() : Reader.FROM_NOW;
        Set<String> subjects = new HashSet<>();
        for (Map.Entry<Reader, Long> each : waiting.entrySet()) {
            from = Math.min(from, each.getValue());
            String subject = each.getKey().joining().subject();
            if (subject != null) {
                subjects.add(subject);
            }
        }
        if (broken) {
            subjects.addAll(audiences.keySet());
        }
        fill = new Fill(tie.number(), from, subjects, broken);
        ask(fill);
    }

    private void ask(Fill asked) {
        surroundings
                .source()
                .missed(entityId, new Message.Missed(asked.from(), asked.number(), asked.withPrivate(), tie.news()));
    }

    /** The entity has answered; what it no longer remembers is read from the journal. */
    private void filled(Fill answered) {
        if (!answered.reachesBack()) {
            FeedSource source = surroundings.source();
            long upTo = answered.remembersFrom();
            tie.read(
                    answered.number(),
                    () -> source.read(entityId, answered.from(), upTo, answered::isWanted, settings.noticesPerRead()));
            return;
        }
        if (answered.mends()) {
            mend(answered);
        }
        seatWaiting(answered);
        fill = null;
        fill();
        fanOut.publish();
    }

    void read(long number, Replay.@Nullable Noticed found) {
        Fill reading = fill;
        if (reading == null || reading.number() != number) {
            return;
        }
        if (found == null || found.upTo() <= reading.from()) {
            fill = null;
            resting = true;
            tie.wakeIn(settings.readAgain());
        } else {
            reading.prepend(found);
            filled(reading);
        }
    }

    /** Goes on with the row where it broke. */
    private void mend(Fill filled) {
        if (filled.upTo() > live.upTo()) {
            audiences.forEach((subject, audience) -> {
                if (!filled.subjects().contains(subject)) { // he came while it was fetched
                    audience.ring().raise(filled.upTo());
                }
            });
            append(filled.notices(), filled.upTo());
        }
        if (!filled.isWhole()) {
            return;
        }
        broken = false;
        List<News.Noticed> next = new ArrayList<>(ahead);
        ahead.clear();
        next.forEach(this::noticed);
        broken = broken || fanOut.newestVersion() > live.upTo();
    }

    private void seatWaiting(Fill filled) {
        Fill.Missed missed = filled.missed(this::piece);
        List<Map.Entry<Reader, Long>> all = List.copyOf(waiting.entrySet());
        for (Map.Entry<Reader, Long> each : all) {
            Reader reader = each.getKey();
            String subject = reader.joining().subject();
            boolean isThere = filled.isWhole() || each.getValue() < filled.upTo();
            if (isThere && (subject == null || filled.subjects().contains(subject))) {
                long since = Math.min(each.getValue(), filled.upTo());
                waiting.remove(reader);
                reader.place(new Reader.Page(live, ring(reader), since, missed.of(subject, since), filled.upTo()));
            }
        }
    }
}
