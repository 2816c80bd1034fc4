package io.turnwise.http.feed;

import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server-sent events of one reader. */
final class EventStage extends GraphStage<SourceShape<ByteString>> {

    private static final ByteString HEARTBEAT = ByteString.fromString(": still here\n\n");

    private enum Timer {
        HEARTBEAT,
        EXPIRY
    }

    private final Outlet<ByteString> out = Outlet.create("events.out");
    private final SourceShape<ByteString> shape = SourceShape.of(out);
    private final Feeds feeds;
    private final Feeds.Joining joining;
    private final Optional<Duration> goodFor;
    private final Duration heartbeat;

    EventStage(Feeds feeds, Feeds.Joining joining, Optional<Duration> goodFor, Duration heartbeat) {
        this.feeds = feeds;
        this.joining = joining;
        this.goodFor = goodFor;
        this.heartbeat = heartbeat;
    }

    @Override
    public SourceShape<ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private @Nullable Reader reader;
        private boolean silent = true;

        private Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    flush();
                }
            });
        }

        @Override
        public void preStart() {
            AsyncCallback<Boolean> signal = createAsyncCallback(unused -> heard());
            reader = feeds.join(joining, Form.EVENT_STREAM, () -> signal.invoke(Boolean.TRUE));
            scheduleWithFixedDelay(Timer.HEARTBEAT, heartbeat, heartbeat);
            goodFor.ifPresent(time -> scheduleOnce(Timer.EXPIRY, time));
        }

        private void heard() {
            if (reader != null) {
                reader.heard();
                flush();
            }
        }

        private void flush() {
            if (reader == null || !isAvailable(out)) {
                return;
            }
            ByteString bytes = reader.take();
            if (bytes.nonEmpty()) {
                silent = false;
                push(out, bytes);
            } else if (reader.over() != null) {
                complete(out); // he comes again with the last id he has had
            }
        }

        @Override
        public void onTimer(Object timer) {
            if (timer == Timer.EXPIRY) {
                complete(out);
            } else if (silent && isAvailable(out)) {
                push(out, HEARTBEAT);
            }
            silent = true;
        }

        @Override
        public void postStop() {
            if (reader != null) {
                feeds.leave(reader);
            }
        }
    }
}
