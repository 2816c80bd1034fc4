package io.turnwise.learner.model.bandit;

/** Situations that Thompson sampling holds for alike: 3 classes of error rate, 3 of response time, 4 of the day. */
public record Bucket(int error, int rt, int time) {

    private static final int ERRORS = 3;
    private static final int RTS = 3;
    private static final int TIMES = 4;

    static final int COUNT = ERRORS * RTS * TIMES;

    private static final double RT_MILLIS_MIN = 50;
    private static final double RT_MILLIS_MAX = 10_000;

    public Bucket {
        if (!(isIn(error, ERRORS) && isIn(rt, RTS) && isIn(time, TIMES))) {
            throw new IllegalArgumentException("No such bucket: " + error + ", " + rt + ", " + time);
        }
    }

    public static Bucket of(double errorRate, double rtMillis, int hour) {
        return new Bucket(
                bin(errorRate, 0, 1, ERRORS),
                bin(rtMillis, RT_MILLIS_MIN, RT_MILLIS_MAX, RTS),
                bin(hour, 0, 24, TIMES));
    }

    /** As it is written. */
    public String key() {
        return error + "_" + rt + "_" + time;
    }

    int index() {
        return (error * RTS + rt) * TIMES + time;
    }

    /** What is no number counts as the least. */
    private static int bin(double value, double low, double high, int bins) {
        double position = (value - low) / (high - low) * bins;
        return (int) Math.max(0, Math.min(bins - 1, position));
    }

    private static boolean isIn(int value, int bins) {
        return value >= 0 && value < bins;
    }
}
