package io.turnwise.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The 1,024 slices into which persistence ids fall, the same here as in the journal's {@code slice} column. */
public final class Slices {

    public static final int COUNT = 1024;

    /**
     * Slices that one worker reads.
     *
     * @param first inclusive
     * @param last inclusive
     */
    public record Range(int first, int last) {

        public boolean contains(String persistenceId) {
            int slice = of(persistenceId);
            return first <= slice && slice <= last;
        }

        /** {@code 0-255}: the key of its offset. */
        @Override
        public String toString() {
            return first + "-" + last;
        }
    }

    private Slices() {}

    /** The first 32 bits of the id's md5, modulo 1,024; SQL function {@code slice_of}. */
    public static int of(String persistenceId) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(persistenceId.getBytes(StandardCharsets.UTF_8));
            return ((md5[2] & 3) << 8) | (md5[3] & 255);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has MD5", e);
        }
    }

    /** All slices in {@code count} ranges of one size; {@code count} must divide 1,024. */
    public static List<Range> ranges(int count) {
        if (count < 1 || COUNT % count != 0) {
            throw new IllegalArgumentException("Slices do not fall into " + count + " equal ranges");
        }
        int size = COUNT / count;
        List<Range> ranges = new ArrayList<>(count);
        for (int first = 0; first < COUNT; first += size) {
            ranges.add(new Range(first, first + size - 1));
        }
        return ranges;
    }
}
