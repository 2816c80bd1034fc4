package io.turnwise.learner.decision;

import io.turnwise.learner.model.Choice;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A decision: what was chosen, and its place among those of its learner.
 *
 * @param id {@code <epoch>-<sequence>-<tag of the user>}, which nobody else's decision has
 * @param sequence in its epoch, counted from 0
 */
public record Served(String id, int sequence, Choice choice) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int NO_EPOCH = -1;

    public static Served of(String user, int epoch, int sequence, Choice choice) {
        return new Served(id(user, epoch, sequence), sequence, choice);
    }

    static String id(String user, int epoch, int sequence) {
        return epoch + "-" + sequence + "-" + "%08x".formatted((int) hash(user));
    }

    /** The draws of one decision, the same whenever they are drawn. */
    public static RandomGenerator draws(String user, int epoch, int sequence) {
        return new SplittableRandom((hash(user) + epoch) * GOLDEN + sequence);
    }

    /** The sequence that an id of this user has in any epoch; -1 if it is no id of this user's. */
    public static int sequence(String user, String id) {
        int epoch = epoch(id);
        String[] parts = id.split("-", -1);
        if (epoch == NO_EPOCH || parts.length != 3) {
            return -1;
        }
        int sequence = number(parts[1]);
        return sequence >= 0 && id.equals(id(user, epoch, sequence)) ? sequence : -1;
    }

    /** The epoch that an id speaks of; -1 if it is none. */
    public static int epoch(String id) {
        int end = id.indexOf('-');
        return end < 0 ? NO_EPOCH : number(id.substring(0, end));
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    }

    /** What is needed of it once it has been rewarded: all but who wanted what. */
    Served rewarded() {
        Choice all = choice;
        Choice kept = new Choice(
                all.phase(),
                all.source(),
                List.of(),
                all.action(),
                all.strategy(),
                all.guardrails(),
                all.bucket(),
                all.x(),
                all.confidence(),
                all.probe());
        return new Served(id, sequence, kept);
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash ^ (hash >>> 32);
    }
}
