package io.turnwise.http;

import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;

/**
 * Rows as RFC 4180 has them, with a line of names first; columns are the components of a record.
 *
 * @param <T> the record
 */
public final class CsvTable<T> {

    /** With these a spreadsheet takes a text for a formula, and would run it. */
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private static final CsvMapper MAPPER = CsvMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(String.class, new HarmlessText()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final ObjectWriter first;
    private final ObjectWriter further;

    public CsvTable(Class<T> row) {
        CsvSchema schema = MAPPER.schemaFor(row).withLineSeparator("\r\n").withNullValue("");
        this.first = MAPPER.writerFor(List.class).with(schema.withHeader());
        this.further = MAPPER.writerFor(List.class).with(schema);
    }

    /** The line of names and these rows. */
    public ByteString beginning(List<T> rows) {
        return bytes(first, rows);
    }

    /** Rows that follow. */
    public ByteString further(List<T> rows) {
        return rows.isEmpty() ? ByteString.emptyByteString() : bytes(further, rows);
    }

    private static ByteString bytes(ObjectWriter writer, List<?> rows) {
        try {
            return ByteString.fromArrayUnsafe(writer.writeValueAsBytes(rows));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a row", e);
        }
    }

    /** A file to be kept under this name. */
    public static HttpResponse file(String name, Source<ByteString, ?> content) {
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(
                        MediaTypes.TEXT_CSV.toContentType(HttpCharsets.UTF_8),
                        content.filter(bytes -> !bytes.isEmpty())))
                .addHeader(RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + "\""));
    }

    private static final class HarmlessText extends StdScalarSerializer<String> {
        HarmlessText() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator out, SerializerProvider provider) throws IOException {
            boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
            out.writeString(isFormula ? "'" + text : text);
        }
    }
}
