package io.turnwise.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes one JSON value of another, as RFC 6902 has it, out of {@code add}, {@code remove} and {@code replace}.
 *
 * <p>Of lists the longest common part stays, as long as that can be found in bounded time; of longer lists what changed is told place
 * by place.
 */
final class JsonPatch {

    /** Pairs of elements that are compared for one list at most. */
    private static final long PAIRS_MAX = 1_000_000;

    /**
     * One step.
     *
     * @param op {@code add}, {@code remove} or {@code replace}
     * @param path an RFC 6901 pointer
     * @param value absent exactly when something is removed
     */
    record Operation(
            String op,
            String path,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            JsonNode value) {}

    private final List<Operation> operations = new ArrayList<>();

    private JsonPatch() {}

    /** The steps, to be taken in this order. */
    static List<Operation> between(JsonNode from, JsonNode to) {
        JsonPatch patch = new JsonPatch();
        patch.compare("", from, to);
        return patch.operations;
    }

    private void compare(String path, JsonNode from, JsonNode to) {
        if (from.equals(to)) {
            return;
        }
        if (from.isObject() && to.isObject()) {
            compareObjects(path, from, to);
        } else if (from.isArray() && to.isArray()) {
            compareArrays(path, from, to);
        } else {
            operations.add(new Operation("replace", path, to));
        }
    }

    private void compareObjects(String path, JsonNode from, JsonNode to) {
        for (Iterator<String> names = from.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!to.has(name)) {
                operations.add(new Operation("remove", child(path, name), null));
            }
        }
        for (Map.Entry<String, JsonNode> field : to.properties()) {
            JsonNode before = from.get(field.getKey());
            String place = child(path, field.getKey());
            if (before == null) {
                operations.add(new Operation("add", place, field.getValue()));
            } else {
                compare(place, before, field.getValue());
            }
        }
    }

    private static String child(String path, String name) {
        return path + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private void compareArrays(String path, JsonNode from, JsonNode to) {
        int i = 0;
        int j = 0;
        for (Kept kept : kept(from, to)) {
            exchange(path, from, i, kept.i() - i, to, j, kept.j() - j);
            i = kept.i() + 1;
            j = kept.j() + 1;
        }
    }

    /** Makes {@code come} elements of {@code to} of {@code gone} elements of {@code from}; those before are as in {@code to} already. */
    private void exchange(String path, JsonNode from, int i, int gone, JsonNode to, int j, int come) {
        int both = Math.min(gone, come);
        for (int k = 0; k < both; k++) {
            compare(path + "/" + (j + k), from.get(i + k), to.get(j + k));
        }
        for (int k = both; k < gone; k++) {
            operations.add(new Operation("remove", path + "/" + (j + both), null));
        }
        for (int k = both; k < come; k++) {
            operations.add(new Operation("add", path + "/" + (j + k), to.get(j + k)));
        }
    }

    /** An element that stays: where it was and where it is. */
    private record Kept(int i, int j) {}

    /** In order, and at last the ends of both. */
    private static List<Kept> kept(JsonNode from, JsonNode to) {
        int shorter = Math.min(from.size(), to.size());
        int first = 0;
        while (first < shorter && from.get(first).equals(to.get(first))) {
            first++;
        }
        int last = 0;
        while (last < shorter - first && from.get(from.size() - 1 - last).equals(to.get(to.size() - 1 - last))) {
            last++;
        }
        List<Kept> kept = new ArrayList<>();
        for (int k = 0; k < first; k++) {
            kept.add(new Kept(k, k));
        }
        int gone = from.size() - last - first;
        int come = to.size() - last - first;
        if ((long) gone * come <= PAIRS_MAX) {
            addCommon(from, gone, to, come, first, kept);
        }
        for (int k = last; k >= 0; k--) {
            kept.add(new Kept(from.size() - k, to.size() - k));
        }
        return kept;
    }

    /** The longest common subsequence of what is not equal at either end. */
    private static void addCommon(JsonNode from, int gone, JsonNode to, int come, int first, List<Kept> kept) {
        int[][] longest = new int[gone + 1][come + 1];
        for (int i = gone - 1; i >= 0; i--) {
            for (int j = come - 1; j >= 0; j--) {
                longest[i][j] = from.get(first + i).equals(to.get(first + j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < gone && j < come) {
            if (from.get(first + i).equals(to.get(first + j))) {
                kept.add(new Kept(first + i, first + j));
                i++;
                j++;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }
}
