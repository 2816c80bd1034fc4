package io.turnwise.cli.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.typesafe.config.ConfigFactory;
import io.turnwise.cluster.NodeSettings;
import io.turnwise.http.Principal;
import io.turnwise.http.Role;
import io.turnwise.http.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Signs for an admin, and for members by name, with the node's own secret. */
public final class NodeTokens {

    private static final Principal ADMIN = member("turnwise-cli", 0, Role.ADMIN);
    private static final int KEPT_MAX = 10_000;

    private final Tokens tokens;
    private final Cache<Principal, String> signed;

    private NodeTokens(Tokens tokens) {
        this.tokens = tokens;
        this.signed = Caffeine.newBuilder()
                .maximumSize(KEPT_MAX)
                .expireAfterWrite(tokens.lifetime().dividedBy(2))
                .build();
    }

    /**
     * With the secret of a node that has these settings, which may be running.
     *
     * @throws ClientFailure if there is no such secret
     */
    public static NodeTokens of(NodeSettings settings) {
        String secret = settings.jwtSecret()
                .orElseGet(() ->
                        generatedSecret(settings.dataFolder().resolve("secrets").resolve("jwt")));
        return new NodeTokens(new Tokens(secret, ConfigFactory.load(), InstantSource.system()));
    }

    /** Read past the folder's lock, which the node holds. */
    private static String generatedSecret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ClientFailure(
                    ("The node's secret cannot be read from %s. Set TURNWISE_DATA_DIR to the data folder of the node,"
                                    + " or TURNWISE_JWT_SECRET as the node has it.")
                            .formatted(file),
                    e);
        }
    }

    public String admin() {
        return token(ADMIN);
    }

    /** Of a member, whose subject is his name. */
    public String member(String name, int weightHundredths) {
        return token(member(name, weightHundredths, Role.MEMBER));
    }

    private String token(Principal principal) {
        return signed.get(principal, tokens::sign);
    }

    private static Principal member(String name, int weightHundredths, Role role) {
        return new Principal(name, name, weightHundredths, role, "default", Long.MAX_VALUE);
    }
}
