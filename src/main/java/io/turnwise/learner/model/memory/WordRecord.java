package io.turnwise.learner.model.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is kept of one word: its last {@value #REVIEWS_MAX} reviews, how many there were, when the first was, its
 * stability and when it is due.
 *
 * <p>Immutable. Arrays instead of a list of {@link Review}: a learner has up to 20,000 of these.
 */
public final class WordRecord {

    public static final int REVIEWS_MAX = 32;

    private static final double SECOND_MILLIS = 1000;
    private static final long DAY_MILLIS = 24 * 60 * 60 * 1000L;

    /** Epochs, oldest first, never falling. */
    private final long[] atMillis;

    private final int[] rtMillis;

    /** Bit n is whether review n was recalled. */
    private final int recalledBits;

    private final int reviewCount;
    private final long firstMillis;
    private final double stabilityDays;
    private final long nextReviewMillis;

    private WordRecord(
            List<Review> kept, int reviewCount, long firstMillis, double stabilityDays, long nextReviewMillis) {
        this.atMillis = kept.stream().mapToLong(Review::atMillis).toArray();
        this.rtMillis = kept.stream().mapToInt(Review::rtMillis).toArray();
        int bits = 0;
        for (int i = 0; i < kept.size(); i++) {
            bits |= (kept.get(i).recalled() ? 1 : 0) << i;
        }
        this.recalledBits = bits;
        this.reviewCount = reviewCount;
        this.firstMillis = firstMillis;
        this.stabilityDays = stabilityDays;
        this.nextReviewMillis = nextReviewMillis;
    }

    /** Of a word never met: due always. */
    public static WordRecord unseen(StabilitySettings settings) {
        return new WordRecord(List.of(), 0, 0, settings.startDays(), 0);
    }

    /**
     * As it was stored.
     *
     * @param reviews the last ones kept, oldest first
     * @throws IllegalArgumentException if it cannot have become so
     */
    public static WordRecord of(
            List<Review> reviews, int reviewCount, long firstMillis, double stabilityDays, long nextReviewMillis) {
        if (reviews.size() != Math.min(reviewCount, REVIEWS_MAX)) {
            throw new IllegalArgumentException(reviews.size() + " reviews kept of " + reviewCount);
        }
        for (int i = 1; i < reviews.size(); i++) {
            if (reviews.get(i).atMillis() < reviews.get(i - 1).atMillis()) {
                throw new IllegalArgumentException("Review " + i + " is earlier than the one before it");
            }
        }
        if (!(stabilityDays > 0 && Double.isFinite(stabilityDays))) {
            throw new IllegalArgumentException("Stability must be finite and above 0: " + stabilityDays);
        }
        return new WordRecord(List.copyOf(reviews), reviewCount, firstMillis, stabilityDays, nextReviewMillis);
    }

    /**
     * The record after one more review; a review stamped before the last one counts at the time of the last.
     *
     * @param intervalScale of the strategy in force, above 1 to review later
     */
    public WordRecord after(Review review, Traits traits, double intervalScale, StabilitySettings settings) {
        int kept = atMillis.length;
        long at = kept == 0 ? review.atMillis() : Math.max(review.atMillis(), atMillis[kept - 1]);
        List<Review> next = new ArrayList<>(reviews());
        next.add(new Review(at, review.recalled(), review.rtMillis()));
        double days = Stability.after(stabilityDays, review.recalled(), review.rtMillis(), traits, settings);
        return new WordRecord(
                next.subList(Math.max(0, next.size() - REVIEWS_MAX), next.size()),
                reviewCount + 1,
                reviewCount == 0 ? at : firstMillis,
                days,
                at + DAY_MILLIS * Stability.reviewDays(days, intervalScale, settings));
    }

    /** The probability from 0 to 1 that it is recalled at a time; 0 if it was never met. */
    public double recall(long nowMillis, ActrSettings settings) {
        return ActR.recall(agesSeconds(nowMillis), recalled(), settings);
    }

    /** How long ago its reviews were, oldest first, as {@link ActR} takes them; none of them negative. */
    public double[] agesSeconds(long nowMillis) {
        double[] ages = new double[atMillis.length];
        for (int i = 0; i < ages.length; i++) {
            ages[i] = Math.max(0, nowMillis - atMillis[i]) / SECOND_MILLIS;
        }
        return ages;
    }

    /** Whether it was recalled in them, oldest first. */
    public boolean[] recalled() {
        boolean[] recalled = new boolean[atMillis.length];
        for (int i = 0; i < recalled.length; i++) {
            recalled[i] = recalled(i);
        }
        return recalled;
    }

    private boolean recalled(int review) {
        return (recalledBits >>> review & 1) == 1;
    }

    /** The last ones, oldest first. */
    public List<Review> reviews() {
        List<Review> reviews = new ArrayList<>(atMillis.length);
        for (int i = 0; i < atMillis.length; i++) {
            reviews.add(new Review(atMillis[i], recalled(i), rtMillis[i]));
        }
        return List.copyOf(reviews);
    }

    /** How many there ever were. */
    public int reviewCount() {
        return reviewCount;
    }

    /** When the first was, also if it is no longer kept; 0 if there was none. */
    public long firstMillis() {
        return firstMillis;
    }

    /** When the last was; 0 if there was none. */
    public long lastMillis() {
        return atMillis.length == 0 ? 0 : atMillis[atMillis.length - 1];
    }

    public double stabilityDays() {
        return stabilityDays;
    }

    public long nextReviewMillis() {
        return nextReviewMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WordRecord that
                && Arrays.equals(atMillis, that.atMillis)
                && Arrays.equals(rtMillis, that.rtMillis)
                && recalledBits == that.recalledBits
                && reviewCount == that.reviewCount
                && firstMillis == that.firstMillis
                && Double.compare(stabilityDays, that.stabilityDays) == 0
                && nextReviewMillis == that.nextReviewMillis;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(atMillis) + Double.hashCode(stabilityDays);
    }

    @Override
    public String toString() {
        return "WordRecord[" + reviews() + " of " + reviewCount + " since " + firstMillis + ", stabilityDays="
                + stabilityDays + ", nextReviewMillis=" + nextReviewMillis + "]";
    }
}
