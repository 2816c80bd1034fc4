package io.turnwise.projection;

/** A worker may not write just now: its projection is paused, or somebody else has taken its place. */
final class OutOfTurn extends RuntimeException {

    OutOfTurn(String message) {
        super(message, null, false, false); // expected, so the stack says nothing
    }

    static boolean explains(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof OutOfTurn) {
                return true;
            }
        }
        return false;
    }
}
