package io.turnwise.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Event;
import io.turnwise.turn.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn as UTF-8 JSON, {@code turn/1}.
 *
 * <p>What is equal for the row stands once: base time, tenant and the names of events, which entries refer to by place.
 *
 * <pre>{@code
 * {"version":17,"at":1790000000000,"wake_at":1790000060000,"tenant":"default","names":["bidding.bid-placed/1"],
 *  "entries":[{"by":"u1","ms":3,"events":[[0,{"price_cents":1250,"score_micros":12500000}]],
 *              "key":"k","hash":"...","answer":["bidding.bid-accepted/1",{...}],"correlation":"...","traceparent":"..."}]}
 * }</pre>
 */
final class TurnCodec {

    private final EventCatalog catalog;
    private final ObjectReader answerReader;
    private final ObjectWriter answerWriter;

    /**
     * A codec for all names of the catalogue.
     *
     * @param mapper writes what is declared as {@code Object} with its name before it
     */
    TurnCodec(EventCatalog catalog, ObjectMapper mapper) {
        this.catalog = catalog;
        this.answerReader = mapper.readerFor(Object.class);
        this.answerWriter = mapper.writerFor(Object.class);
    }

    void write(Turn turn, JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeStartObject();
        out.writeNumberField("version", turn.version());
        out.writeNumberField("at", turn.atMillis());
        if (turn.wakeAtMillis() != Definition.NEVER) {
            out.writeNumberField("wake_at", turn.wakeAtMillis());
        }
        out.writeStringField("tenant", turn.tenant());
        List<String> names = writeNames(turn, out);
        out.writeArrayFieldStart("entries");
        for (Turn.Entry entry : turn.entries()) {
            write(entry, turn.atMillis(), names, out, provider);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private List<String> writeNames(Turn turn, JsonGenerator out) throws IOException {
        List<String> names = new ArrayList<>(2);
        out.writeArrayFieldStart("names");
        for (Turn.Entry entry : turn.entries()) {
            for (Event<?> event : entry.events()) {
                String name = catalog.named(event).name();
                if (!names.contains(name)) {
                    names.add(name);
                    out.writeString(name);
                }
            }
        }
        out.writeEndArray();
        return names;
    }

    private void write(
            Turn.Entry entry, long baseMillis, List<String> names, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("by", entry.by());
        out.writeNumberField("ms", entry.atMillis() - baseMillis);
        out.writeArrayFieldStart("events");
        for (Event<?> event : entry.events()) {
            EventCatalog.Named named = catalog.named(event);
            out.writeStartArray();
            out.writeNumber(names.indexOf(named.name()));
            // through the provider at hand: a writer's own would be made anew for every bid
            provider.findValueSerializer(named.type()).serialize(event, out, provider);
            out.writeEndArray();
        }
        out.writeEndArray();
        Turn.Remembered remembered = entry.remembered();
        if (remembered != null) {
            out.writeStringField("key", remembered.key());
            out.writeStringField("hash", remembered.contentHash());
            out.writeFieldName("answer");
            answerWriter.writeValue(out, remembered.answer());
        }
        writeIfPresent("correlation", entry.correlation(), out);
        writeIfPresent("traceparent", entry.traceparent(), out);
        out.writeEndObject();
    }

    private static void writeIfPresent(String field, @Nullable String value, JsonGenerator out) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }

    Turn read(JsonParser in) throws IOException {
        return read(in, true);
    }

    /**
     * Reads a turn.
     *
     * @param withAnswers false leaves out what is remembered by key, which takes as long to read as all the rest
     */
    Turn read(JsonParser in, boolean withAnswers) throws IOException {
        long version = 0;
        long atMillis = 0;
        long wakeAtMillis = Definition.NEVER;
        String tenant = "";
        List<EventCatalog.Named> names = new ArrayList<>(2);
        List<Turn.Entry> entries = new ArrayList<>();
        expect(in.currentToken(), JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "version" -> version = in.getLongValue();
                case "at" -> atMillis = in.getLongValue();
                case "wake_at" -> wakeAtMillis = in.getLongValue();
                case "tenant" -> tenant = in.getText();
                case "names" -> {
                    while (in.nextToken() == JsonToken.VALUE_STRING) {
                        names.add(catalog.named(in.getText()));
                    }
                }
                case "entries" -> {
                    while (in.nextToken() == JsonToken.START_OBJECT) {
                        entries.add(readEntry(in, atMillis, names, withAnswers));
                    }
                }
                default -> in.skipChildren();
            }
        }
        return new Turn(version, atMillis, wakeAtMillis, tenant, entries);
    }

    /** Reads up to the entries. */
    static TurnHead readHead(JsonParser in) throws IOException {
        long version = 0;
        long wakeAtMillis = Definition.NEVER;
        List<String> names = new ArrayList<>(2);
        expect(in.currentToken(), JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME && !in.currentName().equals("entries")) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "version" -> version = in.getLongValue();
                case "wake_at" -> wakeAtMillis = in.getLongValue();
                case "names" -> {
                    while (in.nextToken() == JsonToken.VALUE_STRING) {
                        names.add(in.getText());
                    }
                }
                default -> in.skipChildren();
            }
        }
        return new TurnHead(version, wakeAtMillis, names);
    }

    private Turn.Entry readEntry(JsonParser in, long baseMillis, List<EventCatalog.Named> names, boolean withAnswers)
            throws IOException {
        String by = "";
        long atMillis = baseMillis;
        List<Event<?>> events = new ArrayList<>(1);
        String key = null;
        String hash = null;
        Object answer = null;
        String correlation = null;
        String traceparent = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "by" -> by = in.getText();
                case "ms" -> atMillis = baseMillis + in.getLongValue();
                case "events" -> {
                    while (in.nextToken() == JsonToken.START_ARRAY) {
                        in.nextToken();
                        EventCatalog.Named named = names.get(in.getIntValue());
                        in.nextToken();
                        events.add(named.reader().readValue(in));
                        expect(in.nextToken(), JsonToken.END_ARRAY);
                    }
                }
                case "key" -> key = in.getText();
                case "hash" -> hash = in.getText();
                case "answer" -> {
                    if (withAnswers) {
                        answer = answerReader.readValue(in);
                    } else {
                        in.skipChildren();
                    }
                }
                case "correlation" -> correlation = in.getText();
                case "traceparent" -> traceparent = in.getText();
                default -> in.skipChildren();
            }
        }
        Turn.Remembered remembered =
                key == null || hash == null || answer == null ? null : new Turn.Remembered(key, hash, answer);
        return new Turn.Entry(by, atMillis, events, remembered, correlation, traceparent);
    }

    private static void expect(JsonToken found, JsonToken wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException("A stored turn has " + found + " where " + wanted + " belongs");
        }
    }
}
