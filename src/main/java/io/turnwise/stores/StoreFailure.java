package io.turnwise.stores;

import org.jspecify.annotations.Nullable;

/** A store cannot be used; the message is for the person who started the program and says what to do about it. */
public final class StoreFailure extends RuntimeException {

    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
