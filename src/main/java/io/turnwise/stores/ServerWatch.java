package io.turnwise.stores;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server of ours again when it has ended by itself, killed or crashed, until it is told to stop watching.
 *
 * <p>It never gives up: what kept the server from starting, a full disk say, may pass. It tries less and less often instead.
 */
final class ServerWatch implements AutoCloseable {

    /** A server of ours. */
    interface Server {
        String name();

        boolean isRunning();

        /** Where it was before; throws {@link StoreFailure}, leaving nothing that runs, when it does not start. */
        void startAgain();
    }

    private static final Logger log = LoggerFactory.getLogger(ServerWatch.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Server server;
    private boolean closed;

    private ServerWatch(Server server) {
        this.server = server;
    }

    static ServerWatch over(Server server) {
        ServerWatch watch = new ServerWatch(server);
        Thread thread = new Thread(watch::watch, "watch-" + server.name());
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private synchronized void watch() {
        Duration pause = LOOK;
        boolean ended = false;
        while (waited(pause)) {
            if (server.isRunning()) {
                ended = false;
                pause = LOOK;
            } else if (!ended) {
                ended = true; // looked at again before it is believed: a pid file may be just being written
            } else if (startAgain(pause.equals(LOOK))) {
                pause = LOOK;
            } else {
                pause = longer(pause);
            }
        }
    }

    /** Says at length only of the first try why it failed: the next ones mostly fail alike. */
    private boolean startAgain(boolean first) {
        if (first) {
            log.warn("{} has ended by itself; starting it again", server.name());
        }
        try {
            server.startAgain();
            log.info("{} runs again", server.name());
            return true;
        } catch (StoreFailure e) {
            log.warn(
                    "{}",
                    first ? e.getMessage() : server.name() + " still cannot be started; its log says why. Trying on.");
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private synchronized boolean waited(Duration pause) {
        long untilNanos = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toMillis();
                    !closed && left > 0;
                    left = (untilNanos - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false; // nobody interrupts this thread; if somebody does, he wants it to end
        }
    }

    /** Returns when no start is under way and none will be. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
