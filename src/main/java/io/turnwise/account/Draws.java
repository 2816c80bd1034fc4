package io.turnwise.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a registration or a new password leaves to chance. For a request with an Idempotency-Key it follows from the key
 * under a secret: a repeat draws the same, and nobody can choose a key that gives him a great weight.
 */
final class Draws {

    private static final int ID_BYTES = 16;
    private static final int WEIGHT_HUNDREDTHS_MIN = 100;
    private static final int WEIGHTS = 100;

    /** One draw; id and salt are 128 bits as base64url. */
    record Draw(String userId, String salt, int weightHundredths) {}

    private final RandomGenerator random;
    private final SecretKeySpec secret;

    /**
     * Draws under one secret.
     *
     * @param random must be one that nobody can foresee
     */
    Draws(RandomGenerator random, String secret) {
        this.random = random;
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    Draw anew() {
        return draw(randomBytes(), randomBytes(), random.nextInt(WEIGHTS));
    }

    /** The same for the same purpose, tenant, caller and key. */
    Draw repeatably(String purpose, String tenant, String caller, String key) {
        // NUL occurs in none of the parts, nor in what a token's signature signs, which may have the same secret
        String content = String.join("\0", purpose, tenant, caller, key);
        return draw(
                derived("user-id\0" + content),
                derived("salt\0" + content),
                Math.floorMod(ByteBuffer.wrap(derived("weight\0" + content)).getLong(), WEIGHTS));
    }

    private static Draw draw(byte[] userId, byte[] salt, int weight) {
        return new Draw(text(userId), text(salt), WEIGHT_HUNDREDTHS_MIN + weight);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, ID_BYTES));
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] derived(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-256", e);
        }
    }
}
