package io.turnwise.learner.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The pending decisions of one learner, by sequence, by word and by when they expire; mutable, and owned by one learner. */
public final class Decisions {

    private record Expiry(long atMillis, int sequence) implements Comparable<Expiry> {
        @Override
        public int compareTo(Expiry other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Integer.compare(sequence, other.sequence);
        }
    }

    private final NavigableMap<Integer, Pending> bySequence = new TreeMap<>();
    private final Map<String, Integer> byWord = new HashMap<>();
    private final NavigableSet<Expiry> expiries = new TreeSet<>();
    private int rewardIds;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Decisions of(List<Pending> pendings) {
        Decisions decisions = new Decisions();
        pendings.forEach(decisions::put);
        return decisions;
    }

    public Decisions copy() {
        return of(all());
    }

    /** All, the oldest first. */
    @JsonValue
    public List<Pending> all() {
        return List.copyOf(bySequence.values());
    }

    public int size() {
        return bySequence.size();
    }

    /** How many rewards from outside are remembered. */
    public int rewardIds() {
        return rewardIds;
    }

    public void add(Served served) {
        put(new Pending(served, false, null, List.of()));
    }

    /** Waits for a later outcome from now on; a decision that waited for the same word no longer hears of it. */
    public void reward(int sequence, Awaited awaited) {
        Pending before = remove(sequence);
        Integer former = awaited.word() == null ? null : byWord.get(awaited.word());
        if (former != null) {
            Pending older = remove(former);
            Awaited forgone = older.awaited() == null ? null : older.awaited().superseded();
            put(new Pending(older.served(), older.rewarded(), forgone, older.rewardIds()));
        }
        put(new Pending(before.served().rewarded(), true, awaited, before.rewardIds()));
    }

    public void remember(int sequence, String rewardId) {
        Pending before = remove(sequence);
        List<String> ids = new ArrayList<>(before.rewardIds());
        ids.add(rewardId);
        put(new Pending(before.served(), before.rewarded(), before.awaited(), ids));
    }

    /**
     * Forgets one.
     *
     * @throws IllegalStateException if it is not pending
     */
    public Pending remove(int sequence) {
        Pending pending = bySequence.remove(sequence);
        if (pending == null) {
            throw new IllegalStateException("Decision " + sequence + " is not pending");
        }
        Awaited awaited = pending.awaited();
        if (awaited != null) {
            expiries.remove(new Expiry(awaited.expiresMillis(), sequence));
            if (awaited.word() != null) {
                byWord.remove(awaited.word(), sequence);
            }
        }
        rewardIds -= pending.rewardIds().size();
        return pending;
    }

    private void put(Pending pending) {
        int sequence = pending.served().sequence();
        bySequence.put(sequence, pending);
        Awaited awaited = pending.awaited();
        if (awaited != null) {
            expiries.add(new Expiry(awaited.expiresMillis(), sequence));
            if (awaited.word() != null) {
                byWord.put(awaited.word(), sequence);
            }
        }
        rewardIds += pending.rewardIds().size();
    }

    public @Nullable Pending find(int sequence) {
        return bySequence.get(sequence);
    }

    /** The one that waits for the next answer to a word. */
    public @Nullable Pending awaiting(String word) {
        Integer sequence = byWord.get(word);
        return sequence == null ? null : bySequence.get(sequence);
    }

    /** The oldest but for {@code sequence}. */
    public @Nullable Pending oldestBut(int sequence) {
        for (Pending pending : bySequence.values()) {
            if (pending.served().sequence() != sequence) {
                return pending;
            }
        }
        return null;
    }

    /** When the next expires, epoch milliseconds; {@code never} if none does. */
    public long nextExpiryMillis(long never) {
        return expiries.isEmpty() ? never : expiries.first().atMillis();
    }

    /** The sequences of those that have expired, the first to expire first. */
    public List<Integer> expired(long nowMillis, int atMost) {
        List<Integer> expired = new ArrayList<>();
        for (Expiry expiry : expiries) {
            if (expiry.atMillis() > nowMillis || expired.size() == atMost) {
                break;
            }
            expired.add(expiry.sequence());
        }
        return expired;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decisions decisions && bySequence.equals(decisions.bySequence);
    }

    @Override
    public int hashCode() {
        return bySequence.hashCode();
    }

    @Override
    public String toString() {
        return bySequence.toString();
    }
}
