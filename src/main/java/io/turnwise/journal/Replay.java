package io.turnwise.journal;

import io.turnwise.turn.Definition;
import io.turnwise.turn.Held;
import io.turnwise.turn.Notice;
import io.turnwise.turn.Noticing;
import io.turnwise.turn.Turn;
import io.turnwise.turn.TurnSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Folds journals with the same code as the entities, beside them and without waking them; blocking. */
public final class Replay {

    private final JournalReader reader;
    private final TurnSettings settings;

    public Replay(JournalReader reader, TurnSettings settings) {
        this.reader = reader;
        this.settings = settings;
    }

    /**
     * What a fold has come to.
     *
     * @param snapshotVersion of the snapshot that it began with; 0 without one
     * @param sequenceNumber of the last row of which it took something, or of the one that its snapshot follows; 0 for none
     */
    public record Folded<S>(Held<S> held, long snapshotVersion, long sequenceNumber) {

        /** How many events were folded, those in the snapshot not among them. */
        public long events() {
            return held.version() - snapshotVersion;
        }
    }

    /**
     * What the entity holds by everything committed so far.
     *
     * @param entityId {@code <tenant>:<id>}
     * @param useSnapshot false folds from the first row; both give the same
     */
    public <S> Held<S> fold(Definition<S> definition, String entityId, boolean useSnapshot) {
        return fold(definition, entityId, useSnapshot, Until.NEWEST).held();
    }

    /** What it held at {@code version}, which may be amid a row; but for the answers it remembered since its snapshot. */
    public <S> Held<S> foldTo(Definition<S> definition, String entityId, long version) {
        return fold(definition, entityId, true, Until.version(version)).held();
    }

    /**
     * What it held then; but for the answers it remembered since its snapshot, unless it is all of its life.
     *
     * @param useSnapshot false folds from the first row; both give the same
     */
    public <S> Folded<S> fold(Definition<S> definition, String entityId, boolean useSnapshot, Until until) {
        Base<S> base = base(definition, entityId, useSnapshot, until);
        Held<S> held = base.held();
        long snapshotVersion = held.version();
        long[] sequenceNumber = {base.sequenceNumber()};
        reader.rows(definition.persistenceId(entityId), base.sequenceNumber(), row -> {
            Turn turn = until.isNewest() ? row.turn() : row.happened();
            Turn happened = turn.upTo(until.version(), until.atMillis());
            if (!happened.entries().isEmpty()) {
                held.apply(happened);
                sequenceNumber[0] = row.sequenceNumber();
            }
            return happened.entries().size() == turn.entries().size();
        });
        return new Folded<>(held, snapshotVersion, sequenceNumber[0]);
    }

    /**
     * What the entity would hold if one event had not happened. Decisions are not taken again: all others happen as they are
     * stored, with the versions and times they have.
     *
     * @param version of the event that is left out
     */
    public <S> WhatIf<S> without(Definition<S> definition, String entityId, long version, Until until) {
        Base<S> base = base(definition, entityId, true, Until.version(version - 1));
        WhatIf<S> whatIf = new WhatIf<>(base.held(), version);
        reader.rows(definition.persistenceId(entityId), base.sequenceNumber(), row -> {
            Turn turn = row.happened();
            Turn happened = turn.upTo(until.version(), until.atMillis());
            whatIf.fold(happened);
            return whatIf.misfitVersion().isEmpty()
                    && happened.entries().size() == turn.entries().size();
        });
        return whatIf;
    }

    /** The entity's life from its beginning, event by event. */
    public <S> History<S> history(Definition<S> definition, String entityId) {
        return new History<>(reader, definition, entityId);
    }

    /**
     * Notices out of a journal.
     *
     * @param upTo the version to which they are all there
     */
    public record Noticed(List<Notice> notices, long upTo) {}

    /**
     * What readers of a feed must get of the versions above {@code since} and not above {@code upTo}; fewer than that when there are
     * more than {@code atMost} of them, and then to be called again from where this ends.
     */
    public <S> Noticed notices(
            Definition<S> definition, String entityId, long since, long upTo, Predicate<Notice> wanted, int atMost) {
        Base<S> base = base(definition, entityId, true, Until.version(since));
        Held<S> held = base.held();
        Noticing<S> noticing = new Noticing<>(definition);
        List<Notice> found = new ArrayList<>();
        reader.rows(definition.persistenceId(entityId), base.sequenceNumber(), row -> {
            Turn turn = row.happened();
            if (turn.lastVersion() > since) {
                held.noticing(noticing);
            }
            held.apply(turn);
            for (Notice notice : noticing.take()) {
                if (notice.id() > since && notice.id() <= upTo && wanted.test(notice)) {
                    found.add(notice);
                }
            }
            return held.version() < upTo && found.size() < atMost;
        });
        return new Noticed(found, Math.min(upTo, Math.max(since, held.version())));
    }

    private record Base<S>(Held<S> held, long sequenceNumber) {}

    private <S> Base<S> base(Definition<S> definition, String entityId, boolean useSnapshot, Until until) {
        Optional<JournalReader.StoredSnapshot> stored =
                useSnapshot ? reader.newestSnapshot(definition.persistenceId(entityId), until) : Optional.empty();
        return stored.map(found -> new Base<>(new Held<S>(found.snapshot(), settings), found.sequenceNumber()))
                .orElseGet(() -> new Base<>(new Held<>(definition, settings), 0));
    }

    /** The version to which the journal has come; 0 if there is nothing. */
    public long version(Definition<?> definition, String entityId) {
        return reader.lastRow(definition.persistenceId(entityId))
                .map(row -> row.happened().lastVersion())
                .orElse(0L);
    }
}
