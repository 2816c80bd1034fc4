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
        String subject, String name, int weightHundredths, Role role, String tenant, long expiresAtMillis) {

    /** Whether the limits of members do not hold for him. */
    public boolean isUnpaced() {
        return role == Role.BROKER || role == Role.ADMIN;
    }
}
