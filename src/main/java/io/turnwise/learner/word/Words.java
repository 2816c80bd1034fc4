package io.turnwise.learner.word;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.turnwise.learner.model.memory.WordRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All words of one learner; mutable, and owned by one learner. */
public final class Words {

    private final Map<String, WordRecord> byId;

    public Words() {
        this(new HashMap<>());
    }

    private Words(Map<String, WordRecord> byId) {
        this.byId = byId;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Words of(List<StoredWord> stored) {
        Words words = new Words();
        stored.forEach(each -> words.byId.put(each.id(), each.word()));
        return words;
    }

    @JsonValue
    List<StoredWord> stored() {
        return new TreeMap<>(byId)
                .entrySet().stream()
                        .map(each -> StoredWord.of(each.getKey(), each.getValue()))
                        .toList();
    }

    public Words copy() {
        return new Words(new HashMap<>(byId));
    }

    public int size() {
        return byId.size();
    }

    public @Nullable WordRecord find(String id) {
        return byId.get(id);
    }

    public void put(String id, WordRecord word) {
        byId.put(id, word);
    }

    /** A word and its record. */
    public record Named(String id, WordRecord word) {}

    /** Those whose review comes first, due or not. */
    public List<Named> soonest(int atMost) {
        return due(Long.MAX_VALUE, atMost);
    }

    public int countDue(long nowMillis) {
        return (int) byId.values().stream()
                .filter(each -> each.nextReviewMillis() <= nowMillis)
                .count();
    }

    /** All, in the order of their ids. */
    public List<Named> all() {
        return byId.entrySet().stream()
                .map(each -> new Named(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(Named::id))
                .toList();
    }

    /** Those that are due, the longest due first. */
    public List<Named> due(long nowMillis, int atMost) {
        return byId.entrySet().stream()
                .filter(each -> each.getValue().nextReviewMillis() <= nowMillis)
                .map(each -> new Named(each.getKey(), each.getValue()))
                .sorted(Comparator.<Named>comparingLong(each -> each.word().nextReviewMillis())
                        .thenComparing(Named::id))
                .limit(atMost)
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Words words && byId.equals(words.byId);
    }

    @Override
    public int hashCode() {
        return byId.hashCode();
    }

    @Override
    public String toString() {
        return byId.toString();
    }
}
