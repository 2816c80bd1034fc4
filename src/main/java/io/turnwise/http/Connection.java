package io.turnwise.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ResponseEntity;
import akka.http.scaladsl.model.HttpEntity;
import akka.http.scaladsl.model.headers.RawHeader;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One connection: its requests, one after the other, and how long it may take to send the next.
 *
 * <p>The server itself only cuts a connection on which nothing at all moves; a byte now and then would hold it for ever.
 */
final class Connection extends GraphStage<FlowShape<HttpRequest, HttpResponse>> {

    /** What all connections of a server share. */
    record Rules(
            long firstRequestNanos,
            long nextRequestNanos,
            OpenStreams streams,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {

        static Rules of(
                Config http, OpenStreams streams, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
            return new Rules(
                    http.getDuration("first-request-within").toNanos(),
                    http.getDuration("next-request-within").toNanos(),
                    streams,
                    handler);
        }
    }

    private final Inlet<HttpRequest> in = Inlet.create("Connection.in");
    private final Outlet<HttpResponse> out = Outlet.create("Connection.out");
    private final Rules rules;

    Connection(Rules rules) {
        this.rules = rules;
    }

    @Override
    public FlowShape<HttpRequest, HttpResponse> shape() {
        return FlowShape.of(in, out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic implements InHandler, OutHandler {
        private final AsyncCallback<HttpResponse> answered = createAsyncCallback(this::onAnswered);
        private final AsyncCallback<Throwable> failed = createAsyncCallback(this::failStage);
        private final AsyncCallback<NotUsed> sent = createAsyncCallback(none -> awaitRequest(rules.nextRequestNanos));
        private boolean answering;
        private boolean isRefused;
        private boolean waiting;
        private boolean timed;
        private long deadlineNanos;

        private Logic() {
            super(shape());
            setHandler(in, this);
            setHandler(out, this);
        }

        @Override
        public void preStart() {
            awaitRequest(rules.firstRequestNanos);
        }

        /** The timer runs on through many requests, and looks for how long there has been none when it fires. */
        private void awaitRequest(long withinNanos) {
            waiting = true;
            deadlineNanos = System.nanoTime() + withinNanos;
            if (!timed) {
                startTimer(withinNanos);
            }
        }

        private void startTimer(long nanos) {
            timed = true;
            scheduleOnce("request", Duration.ofNanos(nanos));
        }

        @Override
        public void onTimer(Object key) {
            timed = false;
            if (waiting) {
                long leftNanos = deadlineNanos - System.nanoTime();
                if (leftNanos > 0) {
                    startTimer(leftNanos);
                } else {
                    completeStage();
                }
            }
        }

        @Override
        public void onPull() {
            if (!isRefused && !hasBeenPulled(in) && !isClosed(in)) {
                pull(in);
            }
        }

        @Override
        public void onPush() {
            HttpRequest request = grab(in);
            if (!isCertain(request)) {
                isRefused = true; // nothing more is taken from here: it may be in the middle of something
                push(
                        out,
                        IllegalRequests.refused(
                                "A header has other characters than those of ASCII, or Transfer-Encoding is not chunked."));
                complete(out);
                return;
            }
            waiting = false;
            answering = true;
            rules.handler.apply(request).whenComplete((response, failure) -> {
                if (failure == null) {
                    answered.invoke(response);
                } else {
                    failed.invoke(failure);
                }
            });
        }

        private void onAnswered(HttpResponse response) {
            answering = false;
            push(out, followed(response));
            if (isClosed(in)) {
                complete(out);
            }
        }

        /** The next request can come when this response has been sent, which of a stream is at its end. */
        private HttpResponse followed(HttpResponse response) {
            ResponseEntity entity = response.entity();
            if (entity.isStrict()) {
                awaitRequest(rules.nextRequestNanos);
                return response;
            }
            Runnable ended = () -> sent.invoke(NotUsed.getInstance());
            if (entity instanceof HttpEntity.Chunked chunked) { // its chunks are passed on, not made anew
                return response.withEntity(new HttpEntity.Chunked(
                        chunked.contentType(), chunked.chunks().via(rules.streams.counted(ended))));
            }
            return response.transformEntityDataBytes(Flow.<ByteString>create().via(rules.streams.counted(ended)));
        }

        @Override
        public void onUpstreamFinish() {
            if (!answering) {
                completeStage();
            }
        }

        @Override
        public void onUpstreamFailure(Throwable failure) {
            failStage(failure);
        }
    }

    /**
     * Whether the request ends where whoever sent it thinks that it does.
     *
     * <p>The parser takes a byte above 127 for the first of several, and what follows for the others, be it the end of the line
     * and so the next header or the end of the head. It passes over a length that is empty and a coding it does not know.
     */
    private static boolean isCertain(HttpRequest request) {
        for (HttpHeader header : request.getHeaders()) {
            if (header instanceof RawHeader raw
                    && (!isAscii(raw.value()) || raw.is("content-length") || raw.is("transfer-encoding"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x7f || text.charAt(i) < ' ') {
                return false;
            }
        }
        return true;
    }
}
