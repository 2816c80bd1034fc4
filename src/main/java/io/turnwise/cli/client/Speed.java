package io.turnwise.cli.client;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many times faster than recorded something is played.
 *
 * @param factor finite and not negative; 0 for as fast as it goes
 */
public record Speed(double factor) {

    public boolean isUnbounded() {
        return factor == 0;
    }

    /** How long it takes to play what was recorded over some time. */
    public double playedSeconds(double recordedSeconds) {
        return isUnbounded() ? 0 : recordedSeconds / factor;
    }

    /**
     * Waits until it is the turn of something.
     *
     * @param recordedSeconds when it was, from the start of what is played
     * @param startNanos when playing began, by {@link System#nanoTime}
     */
    public void await(double recordedSeconds, long startNanos) {
        if (isUnbounded()) {
            return;
        }
        long dueNanos = (long) (playedSeconds(recordedSeconds) * 1e9);
        try {
            TimeUnit.NANOSECONDS.sleep(dueNanos - (System.nanoTime() - startNanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientFailure("Interrupted", e);
        }
    }

    /** Reads one from the command line. */
    public static final class Converter implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            try {
                double factor = Double.parseDouble(text);
                if (factor >= 0 && factor <= Double.MAX_VALUE) {
                    return new Speed(factor);
                }
            } catch (NumberFormatException e) {
                // refused below, like a number out of range
            }
            throw new TypeConversionException("must be a factor like 10080, or 0, not " + text);
        }
    }
}
