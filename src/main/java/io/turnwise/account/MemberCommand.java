package io.turnwise.account;

import io.turnwise.account.MemberAnswer.Credentials;
import io.turnwise.account.MemberAnswer.Profile;
import io.turnwise.account.MemberEvent.MemberAdministered;
import io.turnwise.account.MemberEvent.MemberRegistered;
import io.turnwise.account.MemberEvent.PasswordChanged;
import io.turnwise.http.Role;
import io.turnwise.turn.Command;
import io.turnwise.turn.Decision;
import io.turnwise.turn.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be asked of a member's entity. What is left to chance is drawn by whoever asks. */
sealed interface MemberCommand<A> extends Command<Member, A> {

    /** Takes the username; always as {@code member}, because only an administrator can make another. */
    record RegisterMember(
            String userId, String username, @Nullable String email, PasswordHash passwordHash, int weightHundredths)
            implements MemberCommand<Profile> {
        @Override
        public Decision<Member, Profile> decide(Member member, Stamp at) {
            if (member.exists() || Username.comparable(username).equals(Username.ADMIN.compared())) {
                return Decision.refuse(AccountRejection.USERNAME_TAKEN);
            }
            return Decision.accept(
                    new MemberRegistered(userId, username, email, passwordHash, Role.MEMBER, weightHundredths),
                    Profile::of);
        }
    }

    record ReadMember() implements MemberCommand<Profile> {
        @Override
        public Decision<Member, Profile> decide(Member member, Stamp at) {
            return member.exists()
                    ? Decision.answer(Profile.of(member, at))
                    : Decision.refuse(AccountRejection.UNKNOWN_MEMBER);
        }
    }

    record ReadCredentials() implements MemberCommand<Credentials> {
        @Override
        public Decision<Member, Credentials> decide(Member member, Stamp at) {
            return member.exists()
                    ? Decision.answer(new Credentials(Profile.of(member, at), member.passwordHash()))
                    : Decision.refuse(AccountRejection.UNKNOWN_MEMBER);
        }
    }

    /**
     * Changes the password of the stamp's member.
     *
     * @param verified the hash against which the old password was checked; if it is another by now, the check is void
     */
    record ChangePassword(PasswordHash verified, PasswordHash passwordHash) implements MemberCommand<Profile> {
        @Override
        public Decision<Member, Profile> decide(Member member, Stamp at) {
            if (!member.is(at.by())) {
                return Decision.refuse(AccountRejection.UNKNOWN_MEMBER);
            }
            if (member.disabled()) {
                return Decision.refuse(AccountRejection.DISABLED);
            }
            return member.passwordHash().equals(verified)
                    ? Decision.accept(new PasswordChanged(passwordHash), Profile::of)
                    : Decision.refuse(AccountRejection.WRONG_CREDENTIALS);
        }
    }

    /** What is null stays. Nobody touches his own rights, so the last administrator cannot lock himself out. */
    record AdministerMember(
            @Nullable Role role,
            @Nullable Integer weightHundredths,
            @Nullable Boolean disabled) implements MemberCommand<Profile> {

        static final int WEIGHT_HUNDREDTHS_MAX = 100_000;

        @Override
        public Decision<Member, Profile> decide(Member member, Stamp at) {
            if (!member.exists()) {
                return Decision.refuse(AccountRejection.UNKNOWN_MEMBER);
            }
            if (weightHundredths != null && (weightHundredths < 0 || weightHundredths > WEIGHT_HUNDREDTHS_MAX)) {
                return Decision.refuse(AccountRejection.INVALID_WEIGHT);
            }
            MemberAdministered change = new MemberAdministered(
                    changed(role, member.role()),
                    changed(weightHundredths, member.weightHundredths()),
                    changed(disabled, member.disabled()));
            if (member.is(at.by()) && (change.role() != null || change.disabled() != null)) {
                return Decision.refuse(AccountRejection.OWN_RIGHTS);
            }
            return Decision.accept(change.isEmpty() ? List.of() : List.of(change), Profile::of);
        }
    }

    /**
     * The member {@code admin} as the operator wants him: registered, enabled, administrator, with this password.
     *
     * @param userId used when he is not registered yet
     */
    record EnsureAdmin(String userId, PasswordHash passwordHash) implements MemberCommand<Profile> {

        private static final int WEIGHT_HUNDREDTHS = 100;

        @Override
        public Decision<Member, Profile> decide(Member member, Stamp at) {
            return Decision.accept(member.exists() ? restoring(member) : registering(), Profile::of);
        }

        private List<MemberEvent> registering() {
            return List.of(new MemberRegistered(
                    userId, Username.ADMIN.shown(), null, passwordHash, Role.ADMIN, WEIGHT_HUNDREDTHS));
        }

        private List<MemberEvent> restoring(Member member) {
            List<MemberEvent> events = new ArrayList<>();
            if (!member.passwordHash().equals(passwordHash)) {
                events.add(new PasswordChanged(passwordHash));
            }
            MemberAdministered change = new MemberAdministered(
                    changed(Role.ADMIN, member.role()), null, changed(Boolean.FALSE, member.disabled()));
            if (!change.isEmpty()) {
                events.add(change);
            }
            return List.copyOf(events);
        }
    }

    private static <T> @Nullable T changed(@Nullable T wish, T now) {
        return Objects.equals(wish, now) ? null : wish;
    }
}
