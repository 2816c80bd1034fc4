package io.turnwise.operations;

import io.turnwise.http.ProblemException;
import io.turnwise.journal.Replay;
import io.turnwise.turn.Definition;

/**
 * One entity, whatever it is.
 *
 * @param id {@code <tenant>:<id>}
 */
record Entity<S>(Definition<S> definition, String id) {

    String persistenceId() {
        return definition.persistenceId(id);
    }

    /**
     * The version to which it has come.
     *
     * @throws ProblemException when nothing has happened to it
     */
    long newestVersion(Replay replay) {
        long newest = replay.version(definition, id);
        if (newest == 0) {
            throw new ProblemException(OperationsRejection.UNKNOWN_ENTITY);
        }
        return newest;
    }
}
