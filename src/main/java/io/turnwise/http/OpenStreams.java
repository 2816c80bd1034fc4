package io.turnwise.http;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the streams that a node sends: each from when its first byte is asked for until it ends, however it ends.
 *
 * <p>One that is never asked for, because its reader has gone already, is never counted.
 */
final class OpenStreams {

    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    OpenStreams(int max) {
        this.max = max;
    }

    /** Whether there are as many as may be; a few more may slip through at the same moment. */
    boolean isFull() {
        return open.get() >= max;
    }

    int count() {
        return open.get();
    }

    /**
     * Passes on what comes and counts while it does.
     *
     * @param ended called once when it has ended
     */
    <T> GraphStage<FlowShape<T, T>> counted(Runnable ended) {
        return new Counted<>(open, ended);
    }

    private static final class Counted<T> extends GraphStage<FlowShape<T, T>> {
        private final Inlet<T> in = Inlet.create("Counted.in");
        private final Outlet<T> out = Outlet.create("Counted.out");
        private final AtomicInteger open;
        private final Runnable ended;

        private Counted(AtomicInteger open, Runnable ended) {
            this.open = open;
            this.ended = ended;
        }

        @Override
        public FlowShape<T, T> shape() {
            return FlowShape.of(in, out);
        }

        @Override
        public GraphStageLogic createLogic(Attributes attributes) {
            return new GraphStageLogic(shape()) {
                {
                    setHandler(in, new AbstractInHandler() {
                        @Override
                        public void onPush() {
                            push(out, grab(in));
                        }
                    });
                    setHandler(out, new AbstractOutHandler() {
                        @Override
                        public void onPull() {
                            pull(in);
                        }
                    });
                }

                @Override
                public void preStart() {
                    open.incrementAndGet();
                }

                @Override
                public void postStop() {
                    open.decrementAndGet();
                    ended.run();
                }
            };
        }
    }
}
