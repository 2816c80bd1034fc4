package io.turnwise.http.feed;

import java.util.concurrent.CompletionStage;

/** Answers the text messages of a WebSocket, but {@code ping}, which is answered for it. */
@FunctionalInterface
public interface SocketDesk {
    /** The answer to one message, UTF-8 JSON as the message should be; never fails. */
    CompletionStage<byte[]> answer(byte[] message);
}
