package io.turnwise.learner;

import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.BreakAdvice;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why something is served, in words for the user. */
final class Explanation {

    private static final int REASONS_MAX = 3;

    private record Reason(double weight, String words) {}

    private Explanation() {}

    /** What about the user matters most, and what changes because of it. */
    static String of(UserState state, Strategy previous, Strategy next) {
        List<String> parts = new ArrayList<>();
        List<String> reasons = reasons(state);
        parts.add(reasons.isEmpty() ? "You are doing well" : "Because " + String.join(", ", reasons));
        List<String> changes = changes(previous, next);
        parts.add(changes.isEmpty() ? "all stays as it is" : String.join(", ", changes));
        return String.join(": ", parts) + ".";
    }

    /** Why the first decision is what it is. */
    static String ofBeginning() {
        return "Nothing is known of you yet, so you begin as everybody does.";
    }

    /** What to do about how tired a user is; null if nothing. */
    static @Nullable String suggestion(BreakAdvice advice) {
        return switch (advice) {
            case NONE -> null;
            case SUGGESTED -> "You seem tired. A short break would help.";
            case FORCED -> "You are very tired. Take a break before you go on.";
        };
    }

    private static List<String> reasons(UserState state) {
        List<Reason> found = new ArrayList<>();
        add(found, .5 - state.attention(), "attention", state.attention());
        add(found, state.fatigue() - .5, "fatigue", state.fatigue());
        add(found, -state.motivation(), "motivation", state.motivation());
        add(found, .6 - state.cognition().memory(), "memory", state.cognition().memory());
        add(
                found,
                .5 - state.cognition().stability(),
                "stability",
                state.cognition().stability());
        return found.stream()
                .sorted(Comparator.comparingDouble(Reason::weight).reversed())
                .limit(REASONS_MAX)
                .map(Reason::words)
                .toList();
    }

    private static void add(List<Reason> found, double weight, String name, double value) {
        if (weight > 0) {
            found.add(new Reason(weight, "%s is at %d %%".formatted(name, Math.round(100 * value))));
        }
    }

    private static List<String> changes(Strategy from, Strategy to) {
        List<String> changes = new ArrayList<>();
        compare(changes, to.intervalScale() - from.intervalScale(), "later reviews", "earlier reviews");
        compare(changes, to.newRatio() - from.newRatio(), "more new words", "fewer new words");
        if (to.difficulty() != from.difficulty()) {
            changes.add(to.difficulty().name().toLowerCase(Locale.ROOT) + " words");
        }
        compare(changes, to.batchSize() - from.batchSize(), "more words at a time", "fewer words at a time");
        compare(changes, to.hintLevel() - from.hintLevel(), "more hints", "fewer hints");
        return changes;
    }

    private static void compare(List<String> changes, double difference, String more, String less) {
        if (Math.abs(difference) > 1e-9) {
            changes.add(difference > 0 ? more : less);
        }
    }
}
