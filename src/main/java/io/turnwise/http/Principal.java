package io.turnwise.http;

/**
 * Whom a verified token speaks for.
 *
 * @param subject the claim {@code sub}: a user id of ours or of the operator's identity provider
 * @param name shown to others
 * @param weightHundredths the claim {@code weight}, 0..1000 with two places
 * @param expiresAtMillis the claim {@code exp}, epoch milliseconds
 */
public record Principal(
        String subject, String name, int weightHundredths, Role role, String tenant, long expiresAtMillis) {}
