package io.turnwise.learner.word;

import io.turnwise.learner.model.memory.Review;
import io.turnwise.learner.model.memory.WordRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A word as it is stored: three short rows instead of up to 32 reviews.
 *
 * @param at of each review the milliseconds since the one before; of the first the epoch
 * @param rt of each review the time taken, in milliseconds
 * @param recalled of each review a letter, {@code y} or {@code n}
 */
record StoredWord(
        String id,
        int count,
        long firstMillis,
        double stabilityDays,
        long nextReviewMillis,
        List<Long> at,
        List<Integer> rt,
        String recalled) {

    static StoredWord of(String id, WordRecord word) {
        List<Long> at = new ArrayList<>();
        List<Integer> rt = new ArrayList<>();
        StringBuilder recalled = new StringBuilder();
        long before = 0;
        for (Review review : word.reviews()) {
            at.add(review.atMillis() - before);
            rt.add(review.rtMillis());
            recalled.append(review.recalled() ? 'y' : 'n');
            before = review.atMillis();
        }
        return new StoredWord(
                id,
                word.reviewCount(),
                word.firstMillis(),
                word.stabilityDays(),
                word.nextReviewMillis(),
                at,
                rt,
                recalled.toString());
    }

    WordRecord word() {
        List<Review> reviews = new ArrayList<>(at.size());
        long millis = 0;
        for (int i = 0; i < at.size(); i++) {
            millis += at.get(i);
            reviews.add(new Review(millis, recalled.charAt(i) == 'y', rt.get(i)));
        }
        return WordRecord.of(reviews, count, firstMillis, stabilityDays, nextReviewMillis);
    }
}
