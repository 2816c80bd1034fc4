package io.turnwise.account;

import io.turnwise.turn.Rejection;

/** What is refused about accounts. */
enum AccountRejection implements Rejection {
    INVALID_USERNAME(
            "invalid-username",
            Kind.RULE,
            "A username has 3 to 32 letters and digits of any script, with '.', '_' and '-' between or after them."),
    USERNAME_TAKEN("username-taken", Kind.WRONG_STATE, "This username is taken. Choose another, or log in."),
    INVALID_EMAIL("invalid-email", Kind.RULE, "The e-mail address must look like name@example.org."),
    WEAK_PASSWORD(
            "weak-password", Kind.RULE, "A password has 8 to 128 characters and is not the username. Choose another."),
    WRONG_CREDENTIALS(
            "wrong-credentials",
            Kind.UNAUTHENTICATED,
            "No member has this username and password. Check both and try again."),
    DISABLED("disabled", Kind.FORBIDDEN, "This account is disabled. Ask an administrator to enable it."),
    UNKNOWN_MEMBER(
            "unknown-member", Kind.UNKNOWN, "No such member is registered here. List the members to see who is."),
    INVALID_WEIGHT("invalid-weight", Kind.RULE, "A weight is a number from 0 to 1000 with at most two decimals."),
    OWN_RIGHTS(
            "own-rights",
            Kind.WRONG_STATE,
            "Nobody changes his own role or disables himself. Ask another administrator to do it."),
    BUSY(
            "busy",
            Kind.UNAVAILABLE,
            "Too many passwords wait to be checked. Nothing was done; try again in a few seconds.");

    private final Words words;

    AccountRejection(String name, Kind kind, String detail) {
        this.words = new Words("account." + name, kind, detail);
    }

    @Override
    public Words words() {
        return words;
    }
}
