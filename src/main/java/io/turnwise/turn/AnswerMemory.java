package io.turnwise.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The newest answers by caller and key, so that a repeated request has one effect; bounded three ways. */
public final class AnswerMemory {

    /**
     * One remembered answer.
     *
     * @param version the entity's version when it was given
     */
    public record Known(String by, Turn.Remembered answer, long version, long atMillis) {}

    private record CallerKey(String by, String key) {}

    private final int perCaller;
    private final int perEntity;
    private final long ageMillis;
    /** In the order they came, which is also the order in which they are forgotten. */
    private final Map<CallerKey, Known> known = new LinkedHashMap<>();

    private final Map<String, Queue<String>> keysByCaller = new HashMap<>();

    AnswerMemory(TurnSettings settings) {
        this.perCaller = settings.keysPerCaller();
        this.perEntity = settings.keysPerEntity();
        this.ageMillis = settings.keyAge().toMillis();
    }

    @Nullable
    Known find(String by, String key, long nowMillis) {
        Known found = known.get(new CallerKey(by, key));
        return found == null || isOld(found, nowMillis) ? null : found;
    }

    void remember(Known answer) {
        forgetOld(answer.atMillis());
        forget(new CallerKey(answer.by(), answer.answer().key()));
        Queue<String> keys = keysByCaller.computeIfAbsent(answer.by(), by -> new ArrayDeque<>(2));
        if (keys.size() >= perCaller) {
            forget(new CallerKey(answer.by(), keys.element()));
        } else if (known.size() >= perEntity) {
            forget(known.keySet().iterator().next());
        }
        // anew, because forgetting a caller's last key drops its queue
        keysByCaller
                .computeIfAbsent(answer.by(), by -> new ArrayDeque<>(2))
                .add(answer.answer().key());
        known.put(new CallerKey(answer.by(), answer.answer().key()), answer);
    }

    int size() {
        return known.size();
    }

    /** All that is remembered, oldest first: what a snapshot keeps. */
    List<Known> all() {
        return new ArrayList<>(known.values());
    }

    private void forgetOld(long nowMillis) {
        Iterator<Known> oldestFirst = known.values().iterator();
        List<CallerKey> old = new ArrayList<>();
        while (oldestFirst.hasNext()) {
            Known next = oldestFirst.next();
            if (!isOld(next, nowMillis)) {
                break;
            }
            old.add(new CallerKey(next.by(), next.answer().key()));
        }
        old.forEach(this::forget);
    }

    private void forget(CallerKey gone) {
        if (known.remove(gone) == null) {
            return;
        }
        Queue<String> keys = keysByCaller.get(gone.by());
        if (keys != null && keys.remove(gone.key()) && keys.isEmpty()) {
            keysByCaller.remove(gone.by());
        }
    }

    private boolean isOld(Known answer, long nowMillis) {
        return nowMillis - answer.atMillis() > ageMillis;
    }
}
