package io.turnwise.stores;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which stores to use: what is absent is started as a server of our own.
 *
 * @param postgres an external Postgres
 * @param redisUri an external Redis, with its password if it has one
 * @param programs where the programs of our own servers are unpacked; in the data folder if absent
 */
public record StoreSettings(Optional<PostgresAccess> postgres, Optional<String> redisUri, Optional<Path> programs) {
    static final String POSTGRES_URL = "TURNWISE_POSTGRES_URL";
    static final String POSTGRES_USER = "TURNWISE_POSTGRES_USER";
    static final String POSTGRES_PASSWORD = "TURNWISE_POSTGRES_PASSWORD";
    static final String REDIS_URL = "TURNWISE_REDIS_URL";

    private static final Pattern JDBC_URL =
            Pattern.compile("jdbc:postgresql://[^/?#@\\s]+/[^/?#@\\s]+(\\?[^\\s]*)?", Pattern.CASE_INSENSITIVE);

    /** Both servers our own. */
    public static StoreSettings embedded() {
        return new StoreSettings(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * What the environment asks for; a variable that is empty counts as unset.
     *
     * @throws StoreFailure if a value cannot be right; the message never holds the value, which may hold a password
     */
    public static StoreSettings from(Map<String, String> environment) {
        return new StoreSettings(postgres(environment), value(environment, REDIS_URL), Optional.empty());
    }

    public StoreSettings {
        redisUri.ifPresent(StoreSettings::checkRedis);
    }

    public StoreSettings withPrograms(Path folder) {
        return new StoreSettings(postgres, redisUri, Optional.of(folder));
    }

    /** The same without passwords, which must reach no log. */
    @Override
    public String toString() {
        return "StoreSettings[postgres=%s, redis=%s, programs=%s]"
                .formatted(
                        postgres.map(PostgresAccess::toString).orElse("embedded"),
                        redisUri.map(StoreSettings::withoutPassword).orElse("embedded"),
                        programs.map(Path::toString).orElse("data folder"));
    }

    /** A Redis URI as it may be logged. */
    static String withoutPassword(String redisUri) {
        URI uri = URI.create(redisUri);
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath();
    }

    private static Optional<PostgresAccess> postgres(Map<String, String> environment) {
        Optional<String> url = value(environment, POSTGRES_URL);
        if (url.isEmpty()) {
            // Whoever sets a user means a database; silently using our own would hide that the URL is missing.
            for (String other : new String[] {POSTGRES_USER, POSTGRES_PASSWORD}) {
                if (value(environment, other).isPresent()) {
                    throw new StoreFailure(other + " is set, but " + POSTGRES_URL
                            + " is not. Set both to use a Postgres of" + " yours, or none to have one started.");
                }
            }
            return Optional.empty();
        }
        return Optional.of(new PostgresAccess(
                withTimeouts(url.get()),
                value(environment, POSTGRES_USER).orElse("turnwise"),
                value(environment, POSTGRES_PASSWORD).orElse("")));
    }

    private static String withTimeouts(String url) {
        if (!JDBC_URL.matcher(url).matches()) {
            throw new StoreFailure(POSTGRES_URL + " is not understood. A right one looks like"
                    + " jdbc:postgresql://db.example.org:5432/turnwise; user and password go into " + POSTGRES_USER
                    + " and "
                    + POSTGRES_PASSWORD + ".");
        }
        int question = url.indexOf('?');
        String parameters = question < 0 ? "" : url.substring(question + 1);
        if (names(parameters, "user") || names(parameters, "password")) {
            throw new StoreFailure(POSTGRES_URL + " holds a user or a password, and URLs end up in logs. Put them into "
                    + POSTGRES_USER + " and " + POSTGRES_PASSWORD + ".");
        }
        StringBuilder complete = new StringBuilder(url);
        char separator = question < 0 ? '?' : '&';
        for (String parameter : PostgresServer.CLIENT_PARAMETERS) {
            if (!names(parameters, parameter.substring(0, parameter.indexOf('=')))) {
                complete.append(separator).append(parameter);
                separator = '&';
            }
        }
        return complete.toString();
    }

    private static boolean names(String parameters, String name) {
        return ("&" + parameters).contains("&" + name + "=");
    }

    private static void checkRedis(String uri) {
        boolean right;
        try {
            URI parsed = URI.create(uri);
            right = ("redis".equals(parsed.getScheme()) || "rediss".equals(parsed.getScheme()))
                    && parsed.getHost() != null;
        } catch (IllegalArgumentException e) {
            right = false; // its message would show the password
        }
        if (!right) {
            throw new StoreFailure(
                    REDIS_URL + " is not understood. A right one looks like redis://cache.example.org:6379/0,"
                            + " with a password redis://:password@cache.example.org:6379/0, with TLS rediss://... (in a"
                            + " password, write %40 for @ and so on).");
        }
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
