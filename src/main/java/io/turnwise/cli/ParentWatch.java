package io.turnwise.cli;

import java.util.Optional;

/**
 * Stops this process when the one that started it is gone; for a parent that does not pass its signals on, as Maven does
 * not.
 */
final class ParentWatch {

    private static final String WANTED = "turnwise.stop-with-parent";
    private static final long LOOK_MILLIS = 200;

    private ParentWatch() {}

    static void startIfWanted() {
        if (Boolean.getBoolean(WANTED)) {
            Optional<ProcessHandle> parent = ProcessHandle.current().parent();
            Thread thread = new Thread(() -> exitAfter(parent), "parent-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    // Whoever is left behind gets another parent at once; that the old one has ended shows only when it is collected.
    private static void exitAfter(Optional<ProcessHandle> parent) {
        try {
            while (ProcessHandle.current().parent().equals(parent)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            return; // nobody interrupts this thread; if somebody does, he wants it to end
        }
        System.exit(0);
    }
}
