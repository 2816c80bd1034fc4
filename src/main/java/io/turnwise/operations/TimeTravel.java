package io.turnwise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.turnwise.http.ProblemException;
import io.turnwise.journal.ReadableJournal;
import io.turnwise.journal.Replay;
import io.turnwise.journal.StoredEvent;
import io.turnwise.journal.Until;
import io.turnwise.journal.WhatIf;
import io.turnwise.operations.OperationsJson.Difference;
import io.turnwise.operations.OperationsJson.EventRow;
import io.turnwise.operations.OperationsJson.Events;
import io.turnwise.operations.OperationsJson.Place;
import io.turnwise.operations.OperationsJson.State;
import io.turnwise.operations.OperationsJson.Without;
import io.turnwise.turn.Held;

/**
 * One entity at any time, folded by the entity's own code; blocking. Everything here throws a {@link ProblemException} where there is no
 * such entity, version or event.
 */
final class TimeTravel {

    /** The last event, whichever it is. */
    static final long LAST = Long.MAX_VALUE;

    private final Replay replay;
    private final ReadableJournal journal;
    private final int rowsMax;
    private final int elementsMax;

    /**
     * In one journal.
     *
     * @param rowsMax rows that one page of events looks through at most
     * @param elementsMax of a state that is shown
     */
    TimeTravel(Replay replay, ReadableJournal journal, int rowsMax, int elementsMax) {
        this.replay = replay;
        this.journal = journal;
        this.rowsMax = rowsMax;
        this.elementsMax = elementsMax;
    }

    Events events(Entity<?> entity, ReadableJournal.Selection wanted, int limit) {
        long newest = entity.newestVersion(replay);
        ReadableJournal.Page page = journal.events(entity.persistenceId(), wanted, limit, rowsMax);
        return new Events(
                entity.persistenceId(),
                newest,
                page.events().stream().map(event -> row(entity, event)).toList(),
                page.nextAfter());
    }

    <S> State state(Entity<S> entity, Until at, boolean useSnapshot) {
        long newest = newest(entity, at);
        Replay.Folded<S> folded = replay.fold(entity.definition(), entity.id(), useSnapshot, at);
        Held<S> held = folded.held();
        return new State(
                entity.persistenceId(),
                held.version(),
                OperationsJson.instant(held.atMillis()),
                Math.max(newest, held.version()),
                folded.snapshotVersion() == 0 ? null : (Long) folded.snapshotVersion(),
                folded.events(),
                shown(entity, held.state()));
    }

    <S> Difference difference(Entity<S> entity, Until from, Until to) {
        newest(entity, from);
        newest(entity, to);
        Held<S> before =
                replay.fold(entity.definition(), entity.id(), true, from).held();
        JsonNode stateBefore = shown(entity, before.state());
        Held<S> after = replay.fold(entity.definition(), entity.id(), true, to).held();
        return new Difference(
                entity.persistenceId(),
                place(before),
                place(after),
                JsonPatch.between(stateBefore, shown(entity, after.state())));
    }

    private static Place place(Held<?> held) {
        return new Place(held.version(), OperationsJson.instant(held.atMillis()));
    }

    /**
     * The entity without one event.
     *
     * @param left the event's version, or {@link #LAST} for the last one by then
     * @param at where to stop; everything that is committed by now if it is {@link Until#NEWEST}
     */
    <S> Without without(Entity<S> entity, long left, Until at) {
        newest(entity, at);
        Held<S> actual = replay.fold(entity.definition(), entity.id(), true, at).held();
        long version = left == LAST ? actual.version() : left;
        if (version > actual.version()) {
            throw new ProblemException(
                    OperationsRejection.UNKNOWN_EVENT, "By then the entity has no event of this version.", null);
        }
        StoredEvent without = journal.event(entity.persistenceId(), version)
                .orElseThrow(() -> new ProblemException(OperationsRejection.UNKNOWN_EVENT));
        Until same = Until.version(actual.version());
        WhatIf<S> whatIf = replay.without(entity.definition(), entity.id(), version, same);
        EventRow misfit = whatIf.misfitVersion().isEmpty()
                ? null
                : journal.event(entity.persistenceId(), whatIf.misfitVersion().getAsLong())
                        .map(event -> row(entity, event))
                        .orElse(null);
        JsonNode state = misfit == null ? shown(entity, whatIf.state()) : null;
        return new Without(
                entity.persistenceId(),
                row(entity, without),
                whatIf.version(),
                misfit == null,
                misfit,
                state == null ? null : JsonPatch.between(shown(entity, actual.state()), state),
                state);
    }

    private static EventRow row(Entity<?> entity, StoredEvent event) {
        return EventRow.of(event, entity.definition().secretFields());
    }

    private <S> JsonNode shown(Entity<S> entity, S state) {
        if (entity.definition().elements(state) > elementsMax) {
            throw new ProblemException(OperationsRejection.TOO_LARGE);
        }
        return Secrets.covered(journal.state(state), entity.definition().secretFields());
    }

    private long newest(Entity<?> entity, Until until) {
        long newest = entity.newestVersion(replay);
        if (until.version() > newest && until.version() != Until.NEWEST.version()) {
            throw new ProblemException(
                    OperationsRejection.NOT_YET, "The entity has come to version " + newest + " only.", null);
        }
        return newest;
    }
}
