package io.turnwise.learner.model.state;

/**
 * Which of the last 20 answers were right.
 *
 * @param bits the newest lowest, 1 for right
 */
public record RecentAnswers(int size, int bits) {

    public static final RecentAnswers NONE = new RecentAnswers(0, 0);

    private static final int CAPACITY = 20;

    /** Twenty of which this share was right, as near as twenty come to it. */
    public static RecentAnswers ofAccuracy(double accuracy) {
        int right = (int) Math.round(Bounds.share(accuracy, .5) * CAPACITY);
        return new RecentAnswers(CAPACITY, (1 << right) - 1);
    }

    public RecentAnswers with(boolean correct) {
        int kept = (bits << 1 | (correct ? 1 : 0)) & (1 << CAPACITY) - 1;
        return new RecentAnswers(Math.min(CAPACITY, size + 1), kept);
    }

    /** .5 where there are none. */
    public double accuracy() {
        return size == 0 ? .5 : (double) Integer.bitCount(bits) / size;
    }

    /** .5 where there are none. */
    public double errorRate() {
        return size == 0 ? .5 : (double) (size - Integer.bitCount(bits)) / size;
    }
}
