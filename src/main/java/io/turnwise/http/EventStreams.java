package io.turnwise.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;

/** The server-sent event streams of a node; they end when the node stops, so that it need not wait for their readers. */
public final class EventStreams {

    private static final ByteString HEARTBEAT = ByteString.fromString(": still here\n\n");

    private final SharedKillSwitch open = KillSwitches.shared("event-streams");
    private final Duration heartbeat;

    /**
     * Streams that are never silent for long.
     *
     * @param heartbeat silence after which one is sent
     */
    public EventStreams(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** One message as bytes, made once however many streams carry it. */
    public static ByteString message(ByteString json) {
        return ByteString.fromString("data: ").concat(json).concat(ByteString.fromString("\n\n"));
    }

    /** Streams messages until they end, the reader goes or the node stops. */
    public HttpResponse stream(Source<ByteString, NotUsed> messages) {
        Source<ByteString, NotUsed> alive =
                messages.keepAlive(heartbeat, () -> HEARTBEAT).via(open.flow());
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), alive))
                .addHeader(RawHeader.create("Cache-Control", "no-cache"))
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
    }

    /** Ends all streams, and those that are still opened. */
    public void close() {
        open.shutdown();
    }
}
