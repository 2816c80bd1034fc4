package io.turnwise.learner.model.numeric;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A row of doubles that never changes, equal by content, bit for bit.
 *
 * <p>What goes out is copied, so a loop over one takes {@link #values} once; what comes in is copied too, but not by {@link #owning}.
 */
public final class Doubles {

    public static final Doubles NONE = of();

    private final double[] values;

    private Doubles(double[] values) {
        this.values = values;
    }

    public static Doubles of(double... values) {
        return new Doubles(values.clone());
    }

    /** Of an array that nobody else keeps: the one way without a copy, for those who have just computed it. */
    public static Doubles owning(double[] values) {
        return new Doubles(values);
    }

    public static Doubles filled(int size, double value) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return owning(values);
    }

    /** As it is stored, in a third of the room that digits take: base64 of the bytes of each, the highest byte first. */
    @JsonValue
    public String encoded() {
        byte[] bytes = new byte[Long.BYTES * values.length];
        for (int i = 0; i < bytes.length; i++) {
            long bits = Double.doubleToRawLongBits(values[i / Long.BYTES]);
            bytes[i] = (byte) (bits >>> (Byte.SIZE * (Long.BYTES - 1 - i % Long.BYTES)));
        }
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * As they were stored.
     *
     * @throws IllegalArgumentException if these are no doubles
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Doubles decoded(String encoded) {
        byte[] bytes = Base64.getDecoder().decode(encoded);
        if (bytes.length % Long.BYTES != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are no doubles");
        }
        double[] values = new double[bytes.length / Long.BYTES];
        for (int i = 0; i < values.length; i++) {
            long bits = 0;
            for (int j = 0; j < Long.BYTES; j++) {
                bits = (bits << Byte.SIZE) | (bytes[i * Long.BYTES + j] & 0xff);
            }
            values[i] = Double.longBitsToDouble(bits);
        }
        return owning(values);
    }

    /** A copy. */
    public double[] values() {
        return values.clone();
    }

    public int size() {
        return values.length;
    }

    public double at(int index) {
        return values[index];
    }

    /** With one more at the end, and without the first where that would make more than {@code capacity}. */
    public Doubles pushed(double value, int capacity) {
        int kept = Math.min(values.length, capacity - 1);
        double[] next = Arrays.copyOfRange(values, values.length - kept, values.length + 1);
        next[kept] = value;
        return owning(next);
    }

    /** With another last one; there must be one. */
    public Doubles endingWith(double value) {
        double[] next = values.clone();
        next[next.length - 1] = value;
        return owning(next);
    }

    /** Without the first {@code count}. */
    public Doubles without(int count) {
        return count == 0 ? this : owning(Arrays.copyOfRange(values, count, values.length));
    }

    /** 0 of none. */
    public double mean() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }

    /** The standard deviation of the whole population; 0 of none. */
    public double deviation() {
        double mean = mean();
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length == 0 ? 0 : StrictMath.sqrt(squares / values.length);
    }

    /** The deviation as a share of the mean; 0 of fewer than two and where the mean is next to 0. */
    public double variation() {
        double mean = mean();
        return values.length < 2 || Math.abs(mean) < 1e-6 ? 0 : deviation() / mean;
    }

    /** Of an even number the mean of the two in the middle; {@code otherwise} of none. */
    public double median(double otherwise) {
        if (values.length == 0) {
            return otherwise;
        }
        double[] sorted = values();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Doubles row && Arrays.equals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
