package io.turnwise.account;

import io.turnwise.http.Role;
import io.turnwise.turn.Stamp;
import org.jspecify.annotations.Nullable;

/** What a member's entity answers. */
sealed interface MemberAnswer {

    /** What may be shown to the member himself and to administrators. */
    record Profile(
            String userId, String username, @Nullable String email, Role role, int weightHundredths, boolean disabled)
            implements MemberAnswer {

        static Profile of(Member member, Stamp at) {
            return new Profile(
                    member.userId(),
                    member.username(),
                    member.email(),
                    member.role(),
                    member.weightHundredths(),
                    member.disabled());
        }
    }

    /** For checking a password; shown to nobody. */
    record Credentials(Profile profile, PasswordHash passwordHash) implements MemberAnswer {}
}
