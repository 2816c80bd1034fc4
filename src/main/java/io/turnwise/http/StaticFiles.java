package io.turnwise.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/** Pages and what belongs to them, read once from the class path and served compressed, with the headers browsers expect. */
public final class StaticFiles {

    /** Nothing comes from elsewhere, and no script or style stands in a page. */
    static final String POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private static final List<HttpHeader> HEADERS = List.of(
            RawHeader.create("X-Frame-Options", "DENY"),
            RawHeader.create("Referrer-Policy", "no-referrer"),
            RawHeader.create("Vary", "Accept-Encoding"),
            // names carry no hash, so a browser asks each time and mostly hears that nothing has changed
            RawHeader.create("Cache-Control", "no-cache"));

    private static final Map<String, ContentType> TYPES = Map.of(
            "html", ContentTypes.TEXT_HTML_UTF8,
            "json", ContentTypes.APPLICATION_JSON,
            "css", MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8),
            "js",
                    MediaTypes.customWithFixedCharset("text", "javascript", HttpCharsets.UTF_8, Map.of(), true)
                            .toContentType(),
            "svg", MediaTypes.IMAGE_SVG_XML.toContentType());

    private record Content(ContentType type, String policy, ByteString plain, ByteString zipped, String etag) {}

    private StaticFiles() {}

    /**
     * One endpoint per file.
     *
     * @param folder on the class path: {@code /console}
     * @param paths by file name the path it is served at
     */
    public static List<Endpoint> endpoints(String folder, Map<String, String> paths) {
        List<Endpoint> endpoints = new ArrayList<>();
        paths.forEach((file, path) -> endpoints.add(file(path, folder + "/" + file)));
        return endpoints;
    }

    /** One file of the class path. */
    static Endpoint file(String path, String resource) {
        return file(path, resource, POLICY);
    }

    /** One that needs a policy of its own. */
    static Endpoint file(String path, String resource, String policy) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no page " + resource);
            }
            return bytes(path, resource, policy, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was made at start, by its path of the type that its ending says. */
    static Endpoint made(String path, byte[] bytes) {
        return bytes(path, path, POLICY, bytes);
    }

    private static Endpoint bytes(String path, String name, String policy, byte[] bytes) {
        Content content = content(name, policy, bytes);
        return Endpoint.get(
                path, Access.PUBLIC, exchange -> CompletableFuture.completedFuture(respond(exchange, content)));
    }

    private static HttpResponse respond(Exchange exchange, Content content) {
        HttpResponse response = HttpResponse.create()
                .addHeaders(HEADERS)
                .addHeader(RawHeader.create("Content-Security-Policy", content.policy()))
                .addHeader(RawHeader.create("ETag", content.etag()));
        if (has(exchange, "If-None-Match", content.etag())) {
            return response.withStatus(304);
        }
        if (has(exchange, "Accept-Encoding", "gzip")) {
            return response.addHeader(RawHeader.create("Content-Encoding", "gzip"))
                    .withEntity(HttpEntities.create(content.type(), content.zipped()));
        }
        return response.withEntity(HttpEntities.create(content.type(), content.plain()));
    }

    private static boolean has(Exchange exchange, String header, String part) {
        return exchange.request()
                .getHeader(header)
                .filter(value -> value.value().contains(part))
                .isPresent();
    }

    private static Content content(String name, String policy, byte[] plain) {
        ContentType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("Of what type is " + name + "?");
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Content(
                type, policy, ByteString.fromArray(plain), ByteString.fromArray(zipped.toByteArray()), etag(plain));
    }

    private static String etag(byte[] plain) {
        try {
            String digest = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(plain));
            return "\"" + digest.substring(0, 22) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
