package io.turnwise.learner.simulation;

import io.turnwise.learner.model.memory.WordRecord;
import io.turnwise.learner.model.strategy.Difficulty;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words that one student has met, by their class, the longest known first; for one thread. */
final class Vocabulary {

    private static final double SECOND_MILLIS = 1000;

    /**
     * A word that was met.
     *
     * @param number its own
     * @param activation that it has more than others of its class
     */
    record Known(int number, Difficulty difficulty, double activation, WordRecord record) {}

    private final double[] intervals;
    private final int knownMax;
    private final Map<Difficulty, List<Known>> byDifficulty = new EnumMap<>(Difficulty.class);

    Vocabulary(StudentWorld.Words words) {
        this.intervals = words.intervals();
        this.knownMax = words.knownMax();
        for (Difficulty difficulty : Difficulty.values()) {
            byDifficulty.put(difficulty, new ArrayList<>());
        }
    }

    /** The word whose age is nearest to its interval; none where none of the class is known. */
    @Nullable
    Known due(Difficulty difficulty, double intervalScale, long atMillis) {
        Known best = null;
        double bestDistance = Double.POSITIVE_INFINITY;
        for (Known known : known(difficulty)) {
            double interval = intervalScale * intervals[Math.min(known.record.reviewCount(), intervals.length - 1)];
            double share = (atMillis - known.record.lastMillis()) / SECOND_MILLIS / interval;
            double distance = Math.max(share, 1 / share);
            if (distance < bestDistance) {
                best = known;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Takes in a word as it is after a review. */
    void put(@Nullable Known before, Known after) {
        List<Known> known = known(after.difficulty);
        if (before != null) {
            known.replaceAll(each -> each.number == before.number ? after : each);
        } else {
            known.add(after);
            if (known.size() > knownMax) {
                known.remove(0);
            }
        }
    }

    private List<Known> known(Difficulty difficulty) {
        List<Known> known = byDifficulty.get(difficulty);
        if (known == null) {
            throw new IllegalStateException("No such class: " + difficulty);
        }
        return known;
    }
}
