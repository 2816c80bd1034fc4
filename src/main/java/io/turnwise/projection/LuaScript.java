package io.turnwise.projection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script that Redis runs as one step.
 *
 * @param sha1 by which Redis knows it once it has seen it
 */
public record LuaScript(String source, String sha1) {

    /** A script from the class path, beside {@code owner}. */
    public static LuaScript resource(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no script " + name + " beside " + owner);
            }
            byte[] source = in.readAllBytes();
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(source);
            return new LuaScript(
                    new String(source, StandardCharsets.UTF_8), HexFormat.of().formatHex(sha1));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot read script " + name, e);
        }
    }
}
