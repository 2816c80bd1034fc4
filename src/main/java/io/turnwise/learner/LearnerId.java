package io.turnwise.learner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/** Under which id the learner of a token's subject is kept. */
final class LearnerId {

    private static final Pattern OWN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int FOREIGN_BYTES_MAX = 128;

    private LearnerId() {}

    /**
     * The subject itself where it has the form of an id of ours; else a dot, which none of ours has, and the base64url of
     * its UTF-8, or two dots and that of its SHA-256 where it is long.
     */
    static String of(String subject) {
        if (OWN.matcher(subject).matches()) {
            return subject;
        }
        byte[] bytes = subject.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= FOREIGN_BYTES_MAX ? "." + text(bytes) : ".." + text(sha256(bytes));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
