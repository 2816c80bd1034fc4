package io.turnwise.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.turnwise.journal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The description of all that can be called (OpenAPI 3.1), put together from a file for each part, and the page to try it.
 *
 * <p>The files are written by hand; specs hold every answer of the node against them.
 */
public final class ApiDocument {

    private static final String FOLDER = "/openapi/";
    private static final String PATH = "/openapi.json";
    private static final String LIBRARY = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** The library has its icons in its style sheet. */
    private static final String PAGE_POLICY = StaticFiles.POLICY + "; img-src 'self' data:";

    private ApiDocument() {}

    /**
     * The document.
     *
     * @param parts names of files without their ending; each adds its paths and components to those before
     * @throws IllegalArgumentException when a part is missing, or says again what another has said
     */
    public static ObjectNode of(List<String> parts) {
        YAMLMapper yaml = new YAMLMapper();
        ObjectNode document = Json.STORED.createObjectNode();
        for (String part : parts) {
            merge(document, read(yaml, part), part);
        }
        return document;
    }

    private static JsonNode read(YAMLMapper yaml, String part) {
        try (InputStream in = ApiDocument.class.getResourceAsStream(FOLDER + part + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no " + FOLDER + part + ".yaml");
            }
            return yaml.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void merge(ObjectNode into, JsonNode part, String where) {
        for (Map.Entry<String, JsonNode> each : part.properties()) {
            JsonNode known = into.get(each.getKey());
            if (known == null) {
                into.set(each.getKey(), each.getValue());
            } else if (isOfMany(each.getKey())
                    && known instanceof ObjectNode together
                    && each.getValue().isObject()) {
                merge(together, each.getValue(), where + ", " + each.getKey());
            } else {
                throw new IllegalArgumentException(each.getKey() + " stands twice: in " + where + " and before");
            }
        }
    }

    /** What several parts add to. */
    private static boolean isOfMany(String name) {
        return switch (name) {
            case "paths", "components", "schemas", "responses", "parameters", "headers" -> true;
            default -> false;
        };
    }

    /** The document and the page. */
    public static List<Endpoint> endpoints(List<String> parts) {
        try {
            byte[] document = Json.STORED.writeValueAsBytes(of(parts));
            String library = libraryFolder();
            return List.of(
                    StaticFiles.made(PATH, document),
                    StaticFiles.file("/docs", FOLDER + "docs.html", PAGE_POLICY),
                    StaticFiles.file("/docs.js", FOLDER + "docs.js"),
                    StaticFiles.file("/swagger-ui.css", library + "swagger-ui.css"),
                    StaticFiles.file("/swagger-ui-bundle.js", library + "swagger-ui-bundle.js"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the document", e);
        }
    }

    /** The library has its version in the names of its files. */
    private static String libraryFolder() {
        Properties library = new Properties();
        try (InputStream in = ApiDocument.class.getResourceAsStream(LIBRARY)) {
            if (in == null) {
                throw new IllegalStateException("There is no " + LIBRARY);
            }
            library.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/swagger-ui/" + library.getProperty("version") + "/";
    }
}
