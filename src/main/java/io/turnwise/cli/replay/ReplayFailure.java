package io.turnwise.cli.replay;

/** What keeps a replay, or one of its auctions, from going on; the message is for the user. */
public final class ReplayFailure extends RuntimeException {

    ReplayFailure(String message) {
        super(message);
    }

    ReplayFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
