package io.turnwise.http.feed;

import akka.NotUsed;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.Config;
import io.turnwise.http.Exchange;
import io.turnwise.http.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The open streams of a node, of both kinds; they end when the node stops, so that it need not wait for their readers. */
public final class EventStreams {

    /**
     * What all streams share.
     *
     * @param heartbeat silence after which one is sent
     */
    record Bounds(Duration heartbeat, int messageBytesMax, int inFlightMax, Duration closing) {}

    private final SharedKillSwitch open = KillSwitches.shared("streams");
    private final InstantSource clock;
    private final Bounds bounds;

    public EventStreams(Config config, InstantSource clock) {
        Config http = config.getConfig("turnwise.http");
        this.clock = clock;
        this.bounds = new Bounds(
                http.getDuration("heartbeat"),
                http.getBytes("socket.message-max").intValue(),
                http.getInt("socket.in-flight"),
                http.getDuration("socket.closing"));
    }

    /** Streams the feed of {@code entityId} as server-sent events until the token expires, the reader goes or the node stops. */
    public HttpResponse events(Exchange exchange, Feeds feeds, String entityId) {
        Feeds.Joining joining = Feeds.joining(exchange, entityId);
        Source<ByteString, NotUsed> messages = Source.fromGraph(
                        new EventStage(feeds, joining, goodFor(exchange), bounds.heartbeat()))
                .via(open.flow());
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), messages))
                .addHeader(RawHeader.create("Cache-Control", "no-cache"))
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
    }

    /**
     * The same over a WebSocket, whose text messages {@code desk} answers.
     *
     * @throws io.turnwise.http.ProblemException when the request asks for no WebSocket
     */
    public HttpResponse socket(Exchange exchange, Feeds feeds, String entityId, SocketDesk desk) {
        Feeds.Joining joining = Feeds.joining(exchange, entityId);
        return Upgrade.answer(
                exchange.request(),
                Flow.fromGraph(open.<ByteString>flow())
                        .mapMaterializedValue(used -> NotUsed.getInstance())
                        .via(exchange.<ByteString>counted())
                        .via(new SocketStage(feeds, joining, goodFor(exchange), bounds, desk)));
    }

    /** How long the token is good; empty without one. */
    private Optional<Duration> goodFor(Exchange exchange) {
        Optional<Principal> principal = exchange.anyPrincipal();
        return principal.map(known -> Duration.ofMillis(Math.max(0, known.expiresAtMillis() - clock.millis())));
    }

    /** Ends all streams, and those that are still opened. */
    public void close() {
        open.shutdown();
    }
}
