package io.turnwise.http;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import io.turnwise.http.LineBatch.Ending;
import io.turnwise.http.LineBatch.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a body into batches of lines: whatever is there when the next batch is wanted, so that a slow sender gets an answer to
 * each line and a fast one does not pay for each line.
 */
public final class LineBatches extends GraphStage<FlowShape<ByteString, LineBatch>> {

    /**
     * The bounds of a batch and of a body.
     *
     * @param bytesMax of a batch's lines together, but for the last of them; beyond it nothing more is read, either
     * @param lineBytesMax a longer line is skipped
     * @param idle how long nothing may come while something is waited for
     */
    public record Bounds(int linesMax, int bytesMax, int lineBytesMax, Duration idle) {}

    /** A body that is failed with it ends as {@link Ending#STOPPING}. */
    public static final class Stopping extends RuntimeException {
        public Stopping() {
            super("The node stops", null, false, false);
        }
    }

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int TICKS_OF_IDLE = 10;
    private static final String TICK = "tick";

    private final Bounds bounds;
    private final Inlet<ByteString> in = Inlet.create("LineBatches.in");
    private final Outlet<LineBatch> out = Outlet.create("LineBatches.out");
    private final FlowShape<ByteString, LineBatch> shape = FlowShape.of(in, out);

    public LineBatches(Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public FlowShape<ByteString, LineBatch> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {

        /** Unread are the bytes in {@code from <= i < to}; those before are in batches and not touched again. */
        private byte[] buffer = new byte[0];

        private int from;
        private int to;
        /** Where the next end of a line is looked for: before it there is none. */
        private int searched;

        private boolean isSkipping;
        private long number;
        private int quietTicks;
        private @Nullable Ending ending;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    quietTicks = 0;
                    append(grab(in));
                    pushOrPull();
                }

                @Override
                public void onUpstreamFinish() {
                    pushOrPull();
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    if (failure instanceof Stopping) {
                        from = to; // what is not asked yet is not asked any more
                        end(Ending.STOPPING);
                    } else {
                        end(Ending.BROKEN);
                    }
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pushOrPull();
                }
            });
        }

        @Override
        public void preStart() {
            scheduleAtFixedRate(
                    TICK, bounds.idle().dividedBy(TICKS_OF_IDLE), bounds.idle().dividedBy(TICKS_OF_IDLE));
            pull(in);
        }

        @Override
        public void onTimer(Object timer) {
            quietTicks = hasBeenPulled(in) ? quietTicks + 1 : 0;
            if (quietTicks > TICKS_OF_IDLE) {
                cancel(in);
                end(Ending.IDLE);
            }
        }

        private void end(Ending how) {
            ending = how;
            pushOrPull();
        }

        private void pushOrPull() {
            if (isAvailable(out)) {
                List<Line> lines = nextLines();
                if (!lines.isEmpty()) {
                    push(out, new LineBatch(lines, null));
                } else if (ending != null) {
                    push(out, new LineBatch(List.of(), ending));
                    completeStage();
                } else if (isClosed(in)) {
                    pushLast();
                }
            }
            if (!isClosed(in) && !hasBeenPulled(in) && to - from < bounds.bytesMax()) {
                pull(in);
            }
        }

        /** The last line need not have an end. */
        private void pushLast() {
            List<Line> last = new ArrayList<>(1);
            if (!isSkipping && from < to) {
                take(last, to);
            }
            if (!last.isEmpty()) {
                push(out, new LineBatch(last, null));
            }
            completeStage();
        }

        /** Those that are whole, as many as a batch holds; none only when there is no end of a line any more. */
        private List<Line> nextLines() {
            List<Line> lines = new ArrayList<>();
            int bytes = 0;
            while (lines.size() < bounds.linesMax() && bytes < bounds.bytesMax()) {
                int newline = newline();
                if (newline < 0) {
                    skipTooLong(lines);
                    return lines;
                }
                if (isSkipping) {
                    isSkipping = false;
                } else if (take(lines, newline)) {
                    bytes += newline + 1 - from;
                }
                from = newline + 1;
            }
            return lines;
        }

        private int newline() {
            for (int i = Math.max(searched, from); i < to; i++) {
                if (buffer[i] == '\n') {
                    searched = i + 1;
                    return i;
                }
            }
            searched = to;
            return -1;
        }

        /** What is too long already is not kept until its end comes. */
        private void skipTooLong(List<Line> lines) {
            if (!isSkipping && to - from > bounds.lineBytesMax()) {
                lines.add(tooLong());
                isSkipping = true;
            }
            if (isSkipping) {
                from = to;
            }
        }

        /** Whether it is kept: a blank line is none. */
        private boolean take(List<Line> lines, int end) {
            if (end - from > bounds.lineBytesMax()) {
                lines.add(tooLong());
                return true;
            }
            number++;
            if (isBlank(end)) {
                return false;
            }
            lines.add(new Line(number, buffer, from, end - from, false));
            return true;
        }

        private Line tooLong() {
            return new Line(++number, new byte[0], 0, 0, true);
        }

        private boolean isBlank(int end) {
            for (int i = from; i < end; i++) {
                if (buffer[i] != ' ' && buffer[i] != '\r' && buffer[i] != '\t') {
                    return false;
                }
            }
            return true;
        }

        /** Behind what is unread; in a new buffer when there is no room, because batches still use the old one. */
        private void append(ByteString chunk) {
            int unread = to - from;
            if (buffer.length - to < chunk.size()) {
                byte[] larger = new byte[Math.max(BUFFER_BYTES, 2 * (unread + chunk.size()))];
                System.arraycopy(buffer, from, larger, 0, unread);
                searched -= from;
                buffer = larger;
                from = 0;
                to = unread;
            }
            chunk.asByteBuffer().get(buffer, to, chunk.size());
            to += chunk.size();
        }
    }
}
