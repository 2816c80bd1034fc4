package io.turnwise.http.feed;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, from bytes to bytes: reads messages while not too many answers are outstanding, and writes answers, in the order of
 * the messages, before what is new in the feed.
 */
final class SocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {

    private static final byte[] PING = "ping".getBytes(StandardCharsets.UTF_8);
    private static final ByteString PONG = Frames.text("pong".getBytes(StandardCharsets.UTF_8));
    private static final ByteString BEAT = Frames.ping();
    /** Heartbeats without any sign of the client, after which he is gone. */
    private static final int BEATS_MAX = 3;

    private enum Timer {
        HEARTBEAT,
        EXPIRY,
        CLOSING
    }

    private final Inlet<ByteString> in = Inlet.create("socket.in");
    private final Outlet<ByteString> out = Outlet.create("socket.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final Feeds feeds;
    private final Feeds.Joining joining;
    private final Optional<Duration> goodFor;
    private final EventStreams.Bounds bounds;
    private final SocketDesk desk;

    SocketStage(
            Feeds feeds,
            Feeds.Joining joining,
            Optional<Duration> goodFor,
            EventStreams.Bounds bounds,
            SocketDesk desk) {
        this.feeds = feeds;
        this.joining = joining;
        this.goodFor = goodFor;
        this.bounds = bounds;
        this.desk = desk;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private final FrameReader frames = new FrameReader(bounds.messageBytesMax());
        /** In the order of their messages, each complete or not. */
        private final Deque<CompletableFuture<ByteString>> answers = new ArrayDeque<>(2);

        private @Nullable AsyncCallback<Boolean> answered;
        private @Nullable Reader reader;
        private @Nullable ByteString farewell;
        private boolean closing;
        private int silentBeats;
        private boolean beat;

        private Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    silentBeats = 0;
                    byte[] bytes = grab(in).toArrayUnsafe();
                    if (closing) {
                        pull(in);
                    } else {
                        frames.add(bytes);
                        read();
                    }
                }

                @Override
                public void onUpstreamFinish() {
                    if (!closing) {
                        close(Frames.GOING_AWAY, "The node stops; come again.");
                    } else if (farewell == null) {
                        completeStage();
                    }
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    flush();
                    read(); // there is room for answers again
                }
            });
        }

        @Override
        public void preStart() {
            AsyncCallback<Boolean> signal = createAsyncCallback(unused -> heard());
            answered = createAsyncCallback(done -> {
                flush();
                read();
            });
            reader = feeds.join(joining, Form.SOCKET, () -> signal.invoke(Boolean.TRUE));
            scheduleWithFixedDelay(Timer.HEARTBEAT, bounds.heartbeat(), bounds.heartbeat());
            goodFor.ifPresent(time -> scheduleOnce(Timer.EXPIRY, time));
            pull(in);
        }

        /** Reads on while there is room for answers. */
        private void read() {
            try {
                while (!closing && answers.size() < bounds.inFlightMax()) {
                    FrameReader.Frame frame = frames.next();
                    if (frame == null) {
                        if (!isClosed(in) && !hasBeenPulled(in)) {
                            pull(in);
                        }
                        return;
                    }
                    take(frame);
                }
            } catch (FrameReader.Fault fault) {
                close(fault.code(), String.valueOf(fault.getMessage()));
            }
        }

        private void take(FrameReader.Frame frame) {
            silentBeats = 0; // it may have come long ago, among others that had to be answered first
            byte[] payload = frame.payload().toArrayUnsafe();
            switch (frame.opcode()) {
                case Frames.PING -> answer(CompletableFuture.completedFuture(Frames.pong(payload)));
                case Frames.PONG -> {}
                case Frames.CLOSE -> close(closeCode(payload), "");
                default ->
                    answer(
                            Arrays.equals(payload, PING)
                                    ? CompletableFuture.completedFuture(PONG)
                                    : desk.answer(payload).toCompletableFuture().thenApply(Frames::text));
            }
        }

        private static int closeCode(byte[] payload) {
            return payload.length < 2 ? Frames.NO_STATUS : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        }

        private void answer(CompletableFuture<ByteString> answer) {
            answers.addLast(answer);
            if (answer.isDone()) {
                flush();
            } else if (answered != null) {
                AsyncCallback<Boolean> callback = answered;
                CompletableFuture<ByteString> unused =
                        answer.whenComplete((bytes, failure) -> callback.invoke(Boolean.TRUE));
            }
        }

        private void heard() {
            if (reader != null) {
                reader.heard();
                flush();
            }
        }

        private void flush() {
            if (!isAvailable(out) || reader == null) {
                return;
            }
            if (farewell != null) {
                push(out, farewell);
                farewell = null;
                complete(out);
                if (isClosed(in)) {
                    completeStage();
                }
                return;
            }
            if (closing) {
                return;
            }
            ByteString bytes = takeAnswers();
            if (bytes.isEmpty()) {
                bytes = reader.take();
            }
            if (beat) { // also while there is much to send: the answer is the only sign of a client that just reads
                bytes = bytes.concat(BEAT);
                beat = false;
            }
            if (bytes.nonEmpty()) {
                push(out, bytes);
            } else if (reader.over() != null) {
                close(Frames.TRY_AGAIN, reader.over());
            }
        }

        private ByteString takeAnswers() {
            ByteString bytes = ByteString.emptyByteString();
            while (!answers.isEmpty() && answers.peekFirst().isDone()) {
                CompletableFuture<ByteString> first = answers.removeFirst();
                if (first.isCompletedExceptionally()) {
                    close(Frames.FAULT, "A message hit a fault of ours.");
                    return ByteString.emptyByteString();
                }
                bytes = bytes.concat(first.join());
            }
            return bytes;
        }

        /** Says farewell as soon as the client takes it, and waits a little for his. */
        private void close(int code, String reason) {
            if (closing) {
                return;
            }
            closing = true;
            answers.clear();
            farewell = Frames.close(code, reason);
            scheduleOnce(Timer.CLOSING, bounds.closing());
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
            flush();
        }

        @Override
        public void onTimer(Object timer) {
            if (timer == Timer.EXPIRY) {
                close(Frames.POLICY, "The token has expired.");
            } else if (timer == Timer.CLOSING || ++silentBeats > BEATS_MAX) {
                completeStage();
            } else {
                beat = true;
                flush();
            }
        }

        @Override
        public void postStop() {
            if (reader != null) {
                feeds.leave(reader);
            }
        }
    }
}
