package io.turnwise.http.feed;

import akka.NotUsed;
import akka.http.impl.engine.server.UpgradeToOtherProtocolResponseHeader;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;

/**
 * Turns a request into a WebSocket whose bytes we read and write ourselves.
 *
 * <p>The library checks the request and writes the handshake, but its own handler of messages can neither close a socket with a code nor
 * send one written frame to many, so the header by which it hands the connection over is replaced: the only use of its inside.
 */
final class Upgrade {

    private Upgrade() {}

    static HttpResponse answer(HttpRequest request, Flow<ByteString, ByteString, NotUsed> bytes) {
        WebSocketUpgrade upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade)
                .orElseThrow(() -> new ProblemException(HttpRejection.UPGRADE_REQUIRED));
        HttpResponse handshake = upgrade.handleMessagesWith(Flow.<Message>create());
        HttpHeader handOver = new UpgradeToOtherProtocolResponseHeader(anyValue(bytes));
        return handshake.removeHeader(handOver.name()).addHeader(handOver);
    }

    @SuppressWarnings("unchecked") // what a flow materialises to is only ever handed out
    private static akka.stream.scaladsl.Flow<ByteString, ByteString, Object> anyValue(
            Flow<ByteString, ByteString, NotUsed> bytes) {
        return (akka.stream.scaladsl.Flow<ByteString, ByteString, Object>)
                (akka.stream.scaladsl.Flow<ByteString, ByteString, ?>) bytes.asScala();
    }
}
