package io.turnwise.account;

import io.turnwise.http.Role;
import io.turnwise.turn.Event;
import io.turnwise.turn.Stamp;
import org.jspecify.annotations.Nullable;

/** All that can happen to a member; who did it and when stands in the stamp. */
sealed interface MemberEvent extends Event<Member> {

    record MemberRegistered(
            String userId,
            String username,
            @Nullable String email,
            PasswordHash passwordHash,
            Role role,
            int weightHundredths)
            implements MemberEvent {
        @Override
        public Member applyTo(Member before, Stamp at) {
            return before.on(this);
        }
    }

    record PasswordChanged(PasswordHash passwordHash) implements MemberEvent {
        @Override
        public Member applyTo(Member before, Stamp at) {
            return before.on(this);
        }
    }

    /** An administrator's change: what is null stayed as it was. */
    record MemberAdministered(
            @Nullable Role role,
            @Nullable Integer weightHundredths,
            @Nullable Boolean disabled) implements MemberEvent {

        boolean isEmpty() {
            return role == null && weightHundredths == null && disabled == null;
        }

        @Override
        public Member applyTo(Member before, Stamp at) {
            return before.on(this);
        }
    }
}
