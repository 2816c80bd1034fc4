package io.turnwise.cli.client;

/** What keeps a command from going on; the message is for the user. */
public final class ClientFailure extends RuntimeException {

    public ClientFailure(String message) {
        super(message);
    }

    public ClientFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
