package io.turnwise.cli.replay;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells how far a replay has come. */
interface Progress extends AutoCloseable {

    /** Another bid is answered. */
    void bidDone();

    @Override
    void close();

    /** A bar for whoever looks on. */
    static Progress bar(long bids) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("Replaying")
                .setInitialMax(bids)
                .setUnit(" bids", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build();
        return new Progress() {
            @Override
            public void bidDone() {
                bar.step();
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    /** A line for every tenth, for a log. */
    static Progress lines(long bids, PrintWriter out) {
        AtomicLong done = new AtomicLong();
        return new Progress() {
            @Override
            public void bidDone() {
                long count = done.incrementAndGet();
                if (count * 10 / bids > (count - 1) * 10 / bids) {
                    out.printf("Replayed %,d of %,d bids%n", count, bids);
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
