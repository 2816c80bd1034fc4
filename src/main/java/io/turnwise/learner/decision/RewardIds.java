package io.turnwise.learner.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids of the latest rewards that named no decision; mutable, and owned by one learner. */
public final class RewardIds {

    /** The newest so many are kept. */
    public static final int MAX = 10_000;

    private final Set<String> ids = new LinkedHashSet<>();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RewardIds of(List<String> ids) {
        RewardIds kept = new RewardIds();
        kept.ids.addAll(ids);
        return kept;
    }

    /** The oldest first. */
    @JsonValue
    public List<String> all() {
        return List.copyOf(ids);
    }

    public RewardIds copy() {
        return of(all());
    }

    public boolean has(String id) {
        return ids.contains(id);
    }

    public void add(String id) {
        if (ids.add(id) && ids.size() > MAX) {
            ids.remove(ids.iterator().next());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RewardIds kept && ids.equals(kept.ids);
    }

    @Override
    public int hashCode() {
        return ids.hashCode();
    }

    @Override
    public String toString() {
        return ids.toString();
    }
}
