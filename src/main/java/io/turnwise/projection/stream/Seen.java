package io.turnwise.projection.stream;

import java.util.LinkedHashMap;
import java.util.Map;

/** The messages that were done last, so that Postgres need not be asked for them. */
final class Seen {

    private final Map<String, Boolean> ids;

    Seen(int bound) {
        ids = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > bound;
            }
        };
    }

    boolean contains(String id) {
        return ids.containsKey(id);
    }

    void add(String id) {
        ids.put(id, true);
    }

    void clear() {
        ids.clear();
    }
}
