package io.turnwise.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.turnwise.journal.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Reads what a client sent as one JSON object, and says what is at fault with it. */
public final class StrictJson {

    private static final Map<Class<?>, ObjectReader> READERS = new ConcurrentHashMap<>();

    private StrictJson() {}

    /**
     * Reads one object.
     *
     * @param whole what the bytes are to the client: {@code body} or {@code line}
     * @throws ProblemException when they are not one JSON object of that type
     */
    public static <T> T read(byte[] bytes, int from, int length, Class<T> type, String whole) {
        try {
            T value = READERS.computeIfAbsent(type, Json.STRICT::readerFor).readValue(bytes, from, length);
            if (value == null) {
                throw malformed(whole);
            }
            return value;
        } catch (JsonMappingException e) {
            throw mapping(e, whole);
        } catch (StreamConstraintsException e) { // its message names settings of ours
            throw malformedBecause("The " + whole + " is nested too deeply or has too long a number.");
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation(); // the message itself may speak of classes
            String where = at == null ? "" : " from line " + at.getLineNr() + ", column " + at.getColumnNr() + " on";
            throw malformedBecause("The " + whole + " is not JSON" + where + ".");
        } catch (IOException e) {
            throw malformed(whole);
        }
    }

    private static ProblemException malformed(String whole) {
        return malformedBecause("The " + whole + " must be one JSON object as the documentation has it.");
    }

    private static ProblemException malformedBecause(String detail) {
        return new ProblemException(HttpRejection.MALFORMED_JSON, detail, null);
    }

    private static ProblemException mapping(JsonMappingException e, String whole) {
        String field = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
        if (field.isEmpty()) {
            return malformed(whole);
        }
        return invalid(field, "has a value of the wrong kind, stands twice, or is not known here");
    }

    /** One field at fault. */
    public static ProblemException invalid(String field, String detail) {
        return new ProblemException(
                HttpRejection.INVALID_FIELD,
                HttpRejection.INVALID_FIELD.detail(),
                List.of(new Problem.FieldError(field, detail)));
    }
}
