package io.turnwise.turn;

/** What the asker of a command gets back. */
public sealed interface Reply {

    /** The entity's version when it was answered. */
    long version();

    /**
     * It is done, and durable if there was anything to write.
     *
     * @param answer of the type its command promises
     * @param replayed true when the same key had been accepted before; the answer is the one given then
     */
    record Accepted(Object answer, long version, boolean replayed) implements Reply {}

    record Refused(String code, Rejection.Kind kind, String detail, long version) implements Reply, Rejection {

        @Override
        public Words words() {
            return new Words(code, kind, detail);
        }

        static Refused of(Rejection reason, String detail, long version) {
            return new Refused(reason.code(), reason.kind(), detail, version);
        }

        static Refused of(Rejection reason) {
            return of(reason, reason.detail(), 0);
        }
    }
}
