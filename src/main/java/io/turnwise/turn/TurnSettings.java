package io.turnwise.turn;

import com.typesafe.config.Config;
import java.time.Duration;

/** The kernel's bounds, from {@code turnwise.turn}; what each means stands in {@code reference.conf}. */
public record TurnSettings(
        int commandsPerTurn,
        int waitingMax,
        Duration restartBackoffMin,
        Duration restartBackoffMax,
        int keysPerCaller,
        int keysPerEntity,
        Duration keyAge,
        int snapshotEvents,
        int snapshotEventsAtRest,
        Duration snapshotInterval,
        Duration feedInterval,
        Duration watchLease,
        int noticesKept,
        int noticesPerMessage,
        Duration askTimeout,
        Duration eraseAfterFailure) {

    /** The pause after this one where something is tried again. */
    Duration longerThan(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(restartBackoffMax) > 0 ? restartBackoffMax : doubled;
    }

    public static TurnSettings of(Config config) {
        Config turn = config.getConfig("turnwise.turn");
        return new TurnSettings(
                turn.getInt("commands-per-turn"),
                turn.getInt("waiting-max"),
                turn.getDuration("restart-backoff-min"),
                turn.getDuration("restart-backoff-max"),
                turn.getInt("keys-per-caller"),
                turn.getInt("keys-per-entity"),
                turn.getDuration("key-age"),
                turn.getInt("snapshot-events"),
                turn.getInt("snapshot-events-at-rest"),
                turn.getDuration("snapshot-interval"),
                turn.getDuration("feed-interval"),
                turn.getDuration("watch-lease"),
                turn.getInt("notices-kept"),
                turn.getInt("notices-per-message"),
                turn.getDuration("ask-timeout"),
                turn.getDuration("erase-after-failure"));
    }
}
