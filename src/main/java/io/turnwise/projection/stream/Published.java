package io.turnwise.projection.stream;

import io.turnwise.journal.JournalOffset;
import io.turnwise.journal.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as it stands in a stream; the same one has the same id however often it is sent.
 *
 * @param id the entity and the version: {@code task|default:t1/7}
 * @param name of what happened, with the version of its shape: {@code task.created/1}
 * @param entity whose messages come in the order of their versions: a persistence id, or {@code outbox|tenant:key}
 * @param version grows from one message of an entity to the next, with gaps where not all events are published
 * @param atMillis when it happened, in epoch milliseconds
 * @param by whose command it was; empty for rows of the outbox
 * @param body JSON
 * @param source the range of slices that it was read from, or {@link #OUTBOX}; of one source messages come in the order of offsets
 */
public record Published(
        String id,
        String name,
        String tenant,
        String entity,
        long version,
        long atMillis,
        String by,
        String body,
        String source,
        JournalOffset offset) {

    public static final String OUTBOX = "outbox";

    /** Fields and values of one message. */
    static final int WIDTH = 20;

    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("name", name);
        fields.put("tenant", tenant);
        fields.put("entity", entity);
        fields.put("version", Long.toString(version));
        fields.put("at", Long.toString(atMillis));
        fields.put("by", by);
        fields.put("body", body);
        fields.put("source", source);
        fields.put("offset", offset.toString());
        return fields;
    }

    List<String> flat() {
        List<String> flat = new ArrayList<>(WIDTH);
        fields().forEach((field, value) -> {
            flat.add(field);
            flat.add(value);
        });
        return flat;
    }

    /**
     * The message with these fields.
     *
     * @throws IllegalArgumentException when one is missing or is not what it should be
     */
    static Published of(Map<String, String> fields) {
        try {
            return new Published(
                    field(fields, "id"),
                    field(fields, "name"),
                    field(fields, "tenant"),
                    field(fields, "entity"),
                    Long.parseLong(field(fields, "version")),
                    Long.parseLong(field(fields, "at")),
                    field(fields, "by"),
                    field(fields, "body"),
                    field(fields, "source"),
                    JournalOffset.parse(field(fields, "offset")));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("offset is no offset", e);
        }
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        if (!Json.isText(value)) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value;
    }
}
