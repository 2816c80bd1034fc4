package io.turnwise.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256")
                    .digest(mapper.writerFor(Object.class).writeValueAsBytes(command));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256, BYTES_KEPT));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write " + command.getClass(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
