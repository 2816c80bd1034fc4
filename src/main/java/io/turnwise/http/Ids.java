package io.turnwise.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** New ids: 128 bits as 22 characters of base64url. */
public final class Ids {

    private static final int BYTES = 16;

    private final RandomGenerator random;

    /** Ids from {@code random}; a node has a {@link SecureRandom}. */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    public String random() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return text(bytes);
    }

    /** The id of what this request creates: the same whenever it is repeated under the same key. */
    public String of(String tenant, String caller, @Nullable String key) {
        if (key == null) {
            return random();
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {tenant, caller, key}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha256.update(bytes);
            }
            return text(Arrays.copyOf(sha256.digest(), BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
