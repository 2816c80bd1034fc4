package io.turnwise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;

/** Covers what nobody is shown. */
final class Secrets {

    private static final JsonNode COVER = TextNode.valueOf("(secret)");

    private Secrets() {}

    /** The same value, in which these fields are covered wherever they stand. */
    static JsonNode covered(JsonNode value, Set<String> fields) {
        if (!fields.isEmpty()) {
            cover(value, fields);
        }
        return value;
    }

    private static void cover(JsonNode value, Set<String> fields) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (fields.contains(field.getKey())) {
                    field.setValue(COVER);
                } else {
                    cover(field.getValue(), fields);
                }
            }
        } else {
            value.forEach(element -> cover(element, fields));
        }
    }
}
