package io.turnwise.account;

import io.turnwise.account.MemberAnswer.Profile;
import io.turnwise.http.Principal;
import io.turnwise.http.Role;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A member as he goes over the wire. */
record MemberBody(
        String userId,
        String username,
        @Nullable String email,
        Role role,
        BigDecimal weight,
        @Nullable Boolean disabled,
        @Nullable Instant registeredAt,
        @Nullable Long version) {

    /** For himself. */
    static MemberBody own(Profile profile) {
        return of(profile, null);
    }

    /** For an administrator. */
    static MemberBody of(Profile profile) {
        return of(profile, profile.disabled());
    }

    private static MemberBody of(Profile profile, @Nullable Boolean disabled) {
        return new MemberBody(
                profile.userId(),
                profile.username(),
                profile.email(),
                profile.role(),
                weight(profile.weightHundredths()),
                disabled,
                null,
                null);
    }

    /** What is known of somebody who is not registered here. */
    static MemberBody of(Principal principal) {
        return new MemberBody(
                principal.subject(),
                principal.name(),
                null,
                principal.role(),
                weight(principal.weightHundredths()),
                null,
                null,
                null);
    }

    /** In a list for an administrator. */
    static MemberBody of(MemberView.Listed member) {
        return new MemberBody(
                member.userId(),
                member.username(),
                member.email(),
                member.role(),
                weight(member.weightHundredths()),
                member.disabled(),
                member.registeredAt(),
                member.version());
    }

    static BigDecimal weight(int hundredths) {
        return BigDecimal.valueOf(hundredths, 2);
    }
}
