package io.turnwise.cli.terminal;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells how far a command has come; threads may share it. */
public interface Progress extends AutoCloseable {

    /** Another of them is done. */
    void stepDone();

    @Override
    void close();

    /**
     * A bar, on the standard error, for whoever looks on.
     *
     * @param task what is done, like {@code Replaying}
     * @param unit of what, like {@code bids}
     */
    static Progress bar(String task, String unit, long steps) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build();
        return new Progress() {
            @Override
            public void stepDone() {
                bar.step();
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    /** A line for every tenth, for a log. */
    static Progress lines(String task, String unit, long steps, PrintWriter out) {
        AtomicLong done = new AtomicLong();
        return new Progress() {
            @Override
            public void stepDone() {
                long count = done.incrementAndGet();
                if (count * 10 / steps > (count - 1) * 10 / steps) {
                    out.printf(Locale.ROOT, "%s: %,d of %,d %s%n", task, count, steps, unit);
                    out.flush();
                }
            }

            @Override
            public void close() {
                out.flush();
            }
        };
    }
}
