package io.turnwise.learner.model.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** How likely a word was recalled, and will be until it is reviewed again. */
public final class ForgettingCurve {

    /**
     * Recall at a time, from 0 to 1.
     *
     * @param atMillis epoch
     * @param exponential by the stability, which is known of the last review only; absent before that
     */
    public record Point(
            long atMillis, double actr, @Nullable Double exponential) {}

    private static final int POINTS = 160;
    private static final int STEPS_MIN = 4;
    private static final int STEPS_MAX = 60;
    private static final double AFTERWARDS = .15;
    private static final double SECOND_MILLIS = 1000;
    private static final double DAY_MILLIS = 24 * 60 * 60 * SECOND_MILLIS;

    private ForgettingCurve() {}

    /**
     * From the first review that is kept until some time after the next one and after now; none of a word never met.
     * Each review is there twice, as it was before and after, and now is. Points lie closer together where the curve is steep.
     */
    public static List<Point> of(WordRecord word, long nowMillis, ActrSettings settings) {
        List<Review> reviews = word.reviews();
        List<Point> curve = new ArrayList<>();
        int steps = Math.max(STEPS_MIN, Math.min(STEPS_MAX, POINTS / Math.max(1, reviews.size())));
        for (int i = 0; i < reviews.size(); i++) {
            boolean isLast = i == reviews.size() - 1;
            long from = reviews.get(i).atMillis();
            long to = isLast ? end(word, nowMillis) : reviews.get(i + 1).atMillis();
            LongStream times = LongStream.rangeClosed(0, steps).map(step -> between(from, to, (double) step / steps));
            List<Review> before = reviews.subList(0, i + 1);
            (isLast
                            ? LongStream.concat(times, LongStream.of(Math.max(from, nowMillis)))
                                    .sorted()
                            : times)
                    .mapToObj(at -> new Point(
                            at,
                            recall(before, at, settings),
                            isLast ? (Double) Stability.recall(word.stabilityDays(), (at - from) / DAY_MILLIS) : null))
                    .forEach(curve::add);
        }
        return curve;
    }

    /** Closer to the first of two times than the share of the way says. */
    private static long between(long from, long to, double share) {
        return from + (long) (share * share * share * (to - from));
    }

    private static long end(WordRecord word, long nowMillis) {
        long end = Math.max(nowMillis, word.nextReviewMillis());
        return end + (long) (AFTERWARDS * (end - word.reviews().get(0).atMillis()));
    }

    private static double recall(List<Review> before, long atMillis, ActrSettings settings) {
        double[] ages = new double[before.size()];
        boolean[] recalled = new boolean[ages.length];
        for (int i = 0; i < ages.length; i++) {
            ages[i] = (atMillis - before.get(i).atMillis()) / SECOND_MILLIS;
            recalled[i] = before.get(i).recalled();
        }
        return ActR.recall(ages, recalled, settings);
    }
}
