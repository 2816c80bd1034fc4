package io.turnwise.journal;

/**
 * A place in the order in which the journal is read: first by transaction, then by position within it.
 *
 * @param txId the writing transaction, {@code xid8}
 * @param ordering the row's number; alone it would not do, a later transaction can draw a lower one
 */
public record JournalOffset(long txId, long ordering) implements Comparable<JournalOffset> {

    public static final JournalOffset START = new JournalOffset(0, 0);

    /** Reads what {@link #toString} wrote. */
    public static JournalOffset parse(String text) {
        int colon = text.indexOf(':');
        return new JournalOffset(Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public int compareTo(JournalOffset other) {
        int byTransaction = Long.compare(txId, other.txId);
        return byTransaction != 0 ? byTransaction : Long.compare(ordering, other.ordering);
    }

    @Override
    public String toString() {
        return txId + ":" + ordering;
    }
}
