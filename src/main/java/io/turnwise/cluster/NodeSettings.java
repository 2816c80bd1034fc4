package io.turnwise.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.turnwise.account.Members;
import io.turnwise.http.Tokens;
import io.turnwise.stores.StoreSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a node takes from its environment: every {@code TURNWISE_...} variable there is; the README has the table.
 *
 * @param jwtSecret absent: generated once into the data folder
 * @param adminPassword absent: generated once into the data folder
 * @param demo absent: only where the store is embedded and new
 * @param snapshotThreshold events after which a snapshot is due; absent: as the configuration has it
 * @param retainSnapshots of one entity, the newest; absent: as the configuration has it
 */
public record NodeSettings(
        String httpHost,
        int httpPort,
        Path dataFolder,
        StoreSettings stores,
        Optional<String> jwtSecret,
        Optional<String> adminPassword,
        Optional<Boolean> demo,
        Optional<Integer> snapshotThreshold,
        Optional<Integer> retainSnapshots) {

    private static final int SNAPSHOT_THRESHOLD_MAX = 1_000_000;
    private static final int RETAIN_SNAPSHOTS_MAX = 1_000;

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException with a sentence for the user when a variable has a value that it cannot have
     */
    public static NodeSettings from(Map<String, String> environment) {
        return new NodeSettings(
                get(environment, "TURNWISE_HTTP_HOST").orElse("127.0.0.1"),
                get(environment, "TURNWISE_HTTP_PORT").map(NodeSettings::port).orElse(8080),
                Path.of(get(environment, "TURNWISE_DATA_DIR").orElse("data")),
                StoreSettings.from(environment),
                get(environment, "TURNWISE_JWT_SECRET").map(Tokens::requireUsable),
                get(environment, "TURNWISE_ADMIN_PASSWORD").map(NodeSettings::adminPassword),
                get(environment, "TURNWISE_DEMO").map(NodeSettings::onOrOff),
                count(environment, "TURNWISE_SNAPSHOT_THRESHOLD", SNAPSHOT_THRESHOLD_MAX),
                count(environment, "TURNWISE_RETAIN_SNAPSHOTS", RETAIN_SNAPSHOTS_MAX));
    }

    private static Optional<String> get(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static Optional<Integer> count(Map<String, String> environment, String name, int max) {
        return get(environment, name).map(text -> {
            try {
                int count = Integer.parseInt(text);
                if (1 <= count && count <= max) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // refused below, like a number out of range
            }
            throw new IllegalArgumentException(name + " must be a whole number from 1 to " + max + ", not " + text);
        });
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (0 <= port && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw new IllegalArgumentException(
                "TURNWISE_HTTP_PORT must be a port from 0 (any free one) to 65535, not " + text);
    }

    private static String adminPassword(String text) {
        if (Members.isAcceptableForAdmin(text)) {
            return text;
        }
        throw new IllegalArgumentException(
                "TURNWISE_ADMIN_PASSWORD must have 8 to 128 characters and not be the username");
    }

    private static boolean onOrOff(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("TURNWISE_DEMO must be on or off, not " + text);
        };
    }

    /** Whether made-up members shall bid: as it is set, else only where the store is embedded and new. */
    boolean wantsDemo(boolean storeIsNew) {
        return demo.orElse(stores.postgres().isEmpty() && storeIsNew);
    }

    /** Those that stand before the ones of the configuration files. */
    Config overrides() {
        Map<String, Object> set = new HashMap<>();
        snapshotThreshold.ifPresent(events -> set.put("turnwise.turn.snapshot-events", events));
        retainSnapshots.ifPresent(kept -> set.put("turnwise.turn.snapshots-kept", kept));
        return ConfigFactory.parseMap(set, "environment");
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "NodeSettings[" + httpHost + ":" + httpPort + ", " + dataFolder + ", " + stores + "]";
    }
}
