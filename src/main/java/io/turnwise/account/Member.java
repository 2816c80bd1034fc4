package io.turnwise.account;

import io.turnwise.http.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is and how he shows it; the entity's id is his {@link Username}.
 *
 * @param userId random and for ever, the {@code sub} of his tokens; empty while nobody has registered
 * @param username as typed
 * @param weightHundredths 100 stands for 1.00
 * @param disabled cannot log in; a token that he has already is good until it expires
 */
record Member(
        String userId,
        String username,
        @Nullable String email,
        PasswordHash passwordHash,
        Role role,
        int weightHundredths,
        boolean disabled) {

    static final Member UNREGISTERED = new Member("", "", null, new PasswordHash(""), Role.MEMBER, 0, false);

    boolean exists() {
        return !userId.isEmpty();
    }

    boolean is(String subject) {
        return exists() && userId.equals(subject);
    }

    Member on(MemberEvent.MemberRegistered event) {
        if (exists()) {
            throw new IllegalStateException("Registered twice: " + userId + ", " + event.userId());
        }
        return new Member(
                event.userId(),
                event.username(),
                event.email(),
                event.passwordHash(),
                event.role(),
                event.weightHundredths(),
                false);
    }

    Member on(MemberEvent.PasswordChanged event) {
        return new Member(userId, username, email, event.passwordHash(), role, weightHundredths, disabled);
    }

    Member on(MemberEvent.MemberAdministered event) {
        return new Member(
                userId,
                username,
                email,
                passwordHash,
                event.role() == null ? role : event.role(),
                event.weightHundredths() == null ? weightHundredths : event.weightHundredths(),
                event.disabled() == null ? disabled : event.disabled());
    }
}
