package io.turnwise.projection;

import akka.projection.HandlerRecoveryStrategy;
import akka.projection.ProjectionId;
import akka.projection.StatusObserver;
import akka.stream.AbruptStageTerminationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs why a worker of a view failed, unless a store's being away explains it: that is said once and not by every worker.
 *
 * <p>Akka's own lines about it, one per worker and attempt and each with a stack trace, are off in {@code logback.xml}.
 */
final class FailureLog extends StatusObserver<Carried> {

    private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

    private final Predicate<Throwable> isOutage;
    private final Consumer<Throwable> note;

    /**
     * Of one worker.
     *
     * @param note takes what is a failure of the view's own
     */
    FailureLog(Predicate<Throwable> isOutage, Consumer<Throwable> note) {
        this.isOutage = isOutage;
        this.note = note;
    }

    @Override
    public void failed(ProjectionId worker, Throwable cause) {
        if (OutOfTurn.explains(cause) || cause instanceof AbruptStageTerminationException) {
            return; // somebody else goes on, or the node stops
        }
        note.accept(cause);
        if (!isOutage.test(cause)) {
            log.error("View {} failed; it goes on from where it was after a pause", worker.id(), cause);
        }
    }

    /** The same failure again: every failed batch fails its worker. */
    @Override
    public void error(ProjectionId worker, Carried row, Throwable cause, HandlerRecoveryStrategy strategy) {}

    @Override
    public void started(ProjectionId worker) {}

    @Override
    public void stopped(ProjectionId worker) {}

    @Override
    public void beforeProcess(ProjectionId worker, Carried row) {}

    @Override
    public void afterProcess(ProjectionId worker, Carried row) {}

    @Override
    public void offsetProgress(ProjectionId worker, Carried row) {}
}
