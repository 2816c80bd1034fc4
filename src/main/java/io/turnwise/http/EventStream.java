package io.turnwise.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;

/** Server-sent events. */
public final class EventStream {

    private static final ByteString HEARTBEAT = ByteString.fromString(": still here\n\n");

    private EventStream() {}

    /** One message as bytes, made once however many streams carry it. */
    public static ByteString message(ByteString json) {
        return ByteString.fromString("data: ").concat(json).concat(ByteString.fromString("\n\n"));
    }

    /** Streams messages until they end or the reader goes; a heartbeat fills every silence. */
    public static HttpResponse stream(Source<ByteString, NotUsed> messages, Duration heartbeat) {
        Source<ByteString, NotUsed> alive = messages.keepAlive(heartbeat, () -> HEARTBEAT);
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), alive))
                .addHeader(RawHeader.create("Cache-Control", "no-cache"))
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
    }
}
