package io.turnwise.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.typesafe.config.Config;
import io.turnwise.journal.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;

/** Signs and verifies bearer tokens: JWT, HS256 and nothing else. */
@SuppressWarnings("JavaUtilDate") // the library speaks in them
public final class Tokens {

    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
    private static final int SECRET_BYTES_MIN = 32;
    public static final int SUBJECT_BYTES_MAX = 128;
    private static final int NAME_CHARS_MAX = 100;
    private static final Pattern TENANT = Pattern.compile("[a-z0-9-]{1,32}");
    private static final BigDecimal WEIGHT_MAX = BigDecimal.valueOf(1000);

    private final JWSSigner signer;
    private final JWSVerifier verifier;
    private final InstantSource clock;
    private final Duration lifetime;
    /** What was verified a moment ago need not be again; an entry is not used past its token's expiry. */
    private final Cache<String, Principal> verified;

    /**
     * Tokens under one secret.
     *
     * @param secret raw UTF-8, at least 32 bytes
     * @throws IllegalArgumentException when the secret is shorter
     */
    public Tokens(String secret, Config config, InstantSource clock) {
        byte[] key = key(secret);
        Config tokens = config.getConfig("turnwise.http.tokens");
        this.clock = clock;
        this.lifetime = tokens.getDuration("lifetime");
        this.verified = Caffeine.newBuilder()
                .maximumSize(tokens.getLong("cache-entries"))
                .expireAfterWrite(tokens.getDuration("cache-ttl"))
                .build();
        try {
            this.signer = new MACSigner(key);
            this.verifier = new MACVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("This secret cannot sign", e);
        }
    }

    private static byte[] key(String secret) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException("TURNWISE_JWT_SECRET has " + key.length + " bytes and needs at least "
                    + SECRET_BYTES_MIN + "; `openssl rand -base64 48` makes a good one");
        }
        return key;
    }

    /**
     * The secret, if it can sign; to be asked before anything is started with it.
     *
     * @throws IllegalArgumentException when it is too short
     */
    public static String requireUsable(String secret) {
        key(secret);
        return secret;
    }

    public Duration lifetime() {
        return lifetime;
    }

    /** A token that expires after {@link #lifetime}; the principal's own expiry is not looked at. */
    public String sign(Principal principal) {
        long nowMillis = clock.millis();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(principal.subject())
                .claim("name", principal.name())
                .claim("weight", BigDecimal.valueOf(principal.weightHundredths(), 2))
                .claim("role", principal.role().wireName())
                .claim("tenant", principal.tenant())
                .issueTime(new Date(nowMillis))
                .expirationTime(new Date(nowMillis + lifetime.toMillis()))
                .build();
        SignedJWT token = new SignedJWT(HEADER, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
        return token.serialize();
    }

    /** Whom the token speaks for; empty when it is forged, malformed or expired. */
    public Optional<Principal> verify(String token) {
        Principal known = verified.getIfPresent(token);
        if (known == null) {
            known = read(token).orElse(null);
            if (known == null) {
                return Optional.empty();
            }
            verified.put(token, known);
        }
        return known.expiresAtMillis() > clock.millis() ? Optional.of(known) : Optional.empty();
    }

    private Optional<Principal> read(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
                return Optional.empty();
            }
            return principal(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Principal> principal(JWTClaimsSet claims) throws ParseException {
        String subject = claims.getSubject();
        Date expires = claims.getExpirationTime();
        String name = claims.getStringClaim("name");
        String tenant = claims.getStringClaim("tenant");
        String role = claims.getStringClaim("role");
        Object weight = claims.getClaim("weight");
        if (subject == null
                || expires == null
                || subject.isEmpty()
                || subject.getBytes(StandardCharsets.UTF_8).length > SUBJECT_BYTES_MAX
                || !Json.isText(subject)
                || (name != null && (name.length() > NAME_CHARS_MAX || !Json.isText(name)))
                || (tenant != null && !TENANT.matcher(tenant).matches())) {
            return Optional.empty();
        }
        Optional<Role> known = role == null
                ? Optional.of(Role.MEMBER)
                : Arrays.stream(Role.values())
                        .filter(each -> each.wireName().equals(role))
                        .findFirst();
        BigDecimal decimal = weight == null ? BigDecimal.ONE : new BigDecimal(weight.toString());
        if (known.isEmpty() || decimal.signum() < 0 || decimal.compareTo(WEIGHT_MAX) > 0) {
            return Optional.empty();
        }
        int weightHundredths = decimal.movePointRight(2).intValue();
        return Optional.of(new Principal(
                subject,
                name == null ? shown(subject) : name,
                weightHundredths,
                known.get(),
                tenant == null ? "default" : tenant,
                expires.getTime()));
    }

    /** Who has no name is called by his subject, as far as a name is long. */
    public static String shown(String subject) {
        if (subject.length() <= NAME_CHARS_MAX) {
            return subject;
        }
        boolean splits = Character.isHighSurrogate(subject.charAt(NAME_CHARS_MAX - 1));
        return subject.substring(0, splits ? NAME_CHARS_MAX - 1 : NAME_CHARS_MAX);
    }
}
