package io.turnwise.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A short hash of a command's content, by which a reused Idempotency-Key is found out. */
public final class ContentHash {

    private static final int BYTES_KEPT = 12;

    private final ObjectMapper mapper;

    public ContentHash(EventCatalog catalog) {
        this.mapper = catalog.namingMapper();
    }

    /** The first 96 bits of the SHA-256 of its name and JSON, as base64url. */
    public String of(Object command) {
        return of("", mapper.writerFor(Object.class), command);
    }

    /** The same of what a client sent, where the command made of it depends on the time, too. */
    public static String of(String request, Object body) {
        return of(request, Json.STORED.writer(), body);
    }

    private static String of(String prefix, ObjectWriter writer, Object content) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(prefix.getBytes(StandardCharsets.UTF_8));
            byte[] digest = sha256.digest(writer.writeValueAsBytes(content));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES_KEPT));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write " + content.getClass(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
