package io.turnwise.account;

import io.turnwise.account.Draws.Draw;
import io.turnwise.account.MemberAnswer.Credentials;
import io.turnwise.account.MemberAnswer.Profile;
import io.turnwise.account.MemberCommand.AdministerMember;
import io.turnwise.account.MemberCommand.ChangePassword;
import io.turnwise.account.MemberCommand.EnsureAdmin;
import io.turnwise.account.MemberCommand.ReadCredentials;
import io.turnwise.account.MemberCommand.ReadMember;
import io.turnwise.account.MemberCommand.RegisterMember;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.Principal;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Role;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Mailboxes;
import io.turnwise.turn.Rejection;
import io.turnwise.turn.Reply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The door to all members. Registration and login are for tenant {@code default}; whoever comes with a token of an
 * operator's own identity provider, of whatever tenant, needs no registration here.
 *
 * <p>Tokens are verified without a look at their member: after a change of role or password, or when he is disabled,
 * those that he has stay good until they expire. Only who administers others must still be an administrator.
 */
public final class Members {

    static final String TENANT = "default";
    private static final int EMAIL_CHARS_MAX = 254;
    private static final Pattern EMAIL = Pattern.compile("[^\\p{Z}\\p{C}@]{1,64}@[^\\p{Z}\\p{C}@]{1,252}");

    /** What somebody registers with. */
    record Registration(
            String username, String password, @Nullable String email) {}

    private final Mailboxes<Member> mailboxes;
    private final Passwords passwords;
    private final Draws draws;

    /**
     * Members behind their mailboxes.
     *
     * @param mailboxes of {@link #definition}
     * @param random must be one that nobody can foresee
     * @param secret what repeated registrations draw from; the same on all nodes
     */
    public Members(Mailboxes<Member> mailboxes, Passwords passwords, RandomGenerator random, String secret) {
        this.mailboxes = mailboxes;
        this.passwords = passwords;
        this.draws = new Draws(random, secret);
    }

    public static Definition<Member> definition() {
        return new MemberDefinition();
    }

    /** Whether the administrator may have this password; {@link #ensureAdmin} fails with any other. */
    public static boolean isAcceptableForAdmin(String password) {
        return Passwords.isAcceptable(password, Username.ADMIN);
    }

    /**
     * Makes the administrator {@code admin} with this password if there is no such member; otherwise he is left alone,
     * also if he has changed his password since.
     *
     * @return fails when the journal does not answer
     * @throws ProblemException when the password is too weak
     */
    public CompletableFuture<Void> provideAdmin(String password) {
        refuseWeak(password, Username.ADMIN);
        return read(TENANT, Username.ADMIN, new ReadMember(), Profile.class)
                .thenCompose(
                        found -> found.isPresent() ? CompletableFuture.completedFuture(null) : ensureAdmin(password));
    }

    /**
     * Sees to it that {@code admin} is an administrator with this password, whatever he was; writes nothing if he is.
     *
     * @return fails when the journal does not answer
     * @throws ProblemException when the password is too weak
     */
    public CompletableFuture<Void> ensureAdmin(String password) {
        refuseWeak(password, Username.ADMIN);
        Draw draw = draws.anew();
        return read(TENANT, Username.ADMIN, new ReadCredentials(), Credentials.class)
                .thenCompose(found -> hashOf(password, found.orElse(null), draw))
                .thenCompose(hash -> mailboxes.ask(
                        TENANT,
                        Username.ADMIN.entityId(),
                        Caller.of(Caller.SYSTEM),
                        new EnsureAdmin(draw.userId(), hash)))
                .thenAccept(reply -> accepted(reply, Profile.class));
    }

    private CompletableFuture<PasswordHash> hashOf(String password, @Nullable Credentials stored, Draw draw) {
        if (stored == null) {
            return passwords.hash(password, draw.salt());
        }
        return passwords
                .matches(password, stored.passwordHash())
                .thenCompose(matches -> matches
                        ? CompletableFuture.completedFuture(stored.passwordHash())
                        : passwords.hash(password, draw.salt()));
    }

    /**
     * Registers a member; answers with his {@link Profile}.
     *
     * @param callerAs makes the caller, who is the new member himself, of his user id
     */
    CompletableFuture<Reply> register(Registration wish, @Nullable String key, Function<String, Caller> callerAs) {
        Username username =
                Username.of(wish.username()).orElseThrow(() -> new ProblemException(AccountRejection.INVALID_USERNAME));
        refuseWeak(wish.password(), username);
        if (wish.email() != null && !isEmail(wish.email())) {
            throw new ProblemException(AccountRejection.INVALID_EMAIL);
        }
        Draw draw = key == null ? draws.anew() : draws.repeatably("register", TENANT, username.compared(), key);
        return passwords
                .hash(wish.password(), draw.salt())
                .thenCompose(hash -> mailboxes.ask(
                        TENANT,
                        username.entityId(),
                        callerAs.apply(draw.userId()),
                        new RegisterMember(
                                draw.userId(), username.shown(), wish.email(), hash, draw.weightHundredths())));
    }

    /** Whose name and password these are; which of the two is wrong is not told, nor to be timed. */
    CompletableFuture<Profile> logIn(String username, String password) {
        return Username.of(username)
                .map(name -> read(TENANT, name, new ReadCredentials(), Credentials.class))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
                .thenCompose(found -> passwords
                        .matches(password, found.map(Credentials::passwordHash).orElse(null))
                        .thenApply(matches -> found.filter(credentials -> matches)))
                .thenApply(verified -> {
                    Profile profile = verified.orElseThrow(
                                    () -> new ProblemException(AccountRejection.WRONG_CREDENTIALS))
                            .profile();
                    if (profile.disabled()) {
                        throw new ProblemException(AccountRejection.DISABLED);
                    }
                    return profile;
                });
    }

    /** The member that a token speaks for; empty when it is somebody who is not registered here. */
    CompletableFuture<Optional<Profile>> find(Principal principal) {
        return Username.of(principal.name())
                .map(name -> read(principal.tenant(), name, new ReadMember(), Profile.class))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
                .thenApply(found -> found.filter(profile -> profile.userId().equals(principal.subject())));
    }

    CompletableFuture<Reply> changePassword(
            Principal principal, String oldPassword, String newPassword, Caller caller) {
        Username name = named(principal.name());
        refuseWeak(newPassword, name);
        return read(principal.tenant(), name, new ReadCredentials(), Credentials.class)
                .thenApply(found -> found.filter(
                                credentials -> credentials.profile().userId().equals(principal.subject()))
                        .orElseThrow(() -> new ProblemException(AccountRejection.UNKNOWN_MEMBER)))
                .thenCompose(known -> passwords
                        .matches(oldPassword, known.passwordHash())
                        .thenCompose(matches -> matches
                                ? change(principal, name, known.passwordHash(), newPassword, caller)
                                : repeat(principal, name, known.passwordHash(), newPassword, caller)));
    }

    private CompletableFuture<Reply> change(
            Principal principal, Username name, PasswordHash verified, String newPassword, Caller caller) {
        String key = caller.key();
        Draw draw =
                key == null ? draws.anew() : draws.repeatably("password", principal.tenant(), principal.subject(), key);
        return passwords
                .hash(newPassword, draw.salt())
                .thenCompose(hash ->
                        mailboxes.ask(principal.tenant(), name.entityId(), caller, new ChangePassword(verified, hash)));
    }

    /** The old password is wrong, as it must be when a request with a key has been carried out and comes again. */
    private CompletableFuture<Reply> repeat(
            Principal principal, Username name, PasswordHash current, String newPassword, Caller caller) {
        return passwords
                .matches(newPassword, current)
                .thenCompose(matches -> {
                    if (!matches || caller.key() == null) {
                        throw new ProblemException(AccountRejection.WRONG_CREDENTIALS);
                    }
                    return mailboxes.ask(principal.tenant(), name.entityId(), Caller.of(caller.by()), new ReadMember());
                })
                .thenApply(reply -> new Reply.Accepted(accepted(reply, Profile.class), reply.version(), true));
    }

    CompletableFuture<Reply> read(String tenant, String username) {
        return mailboxes.ask(tenant, named(username).entityId(), Caller.of(Caller.SYSTEM), new ReadMember());
    }

    /** Refused also to an administrator whose token is older than his dismissal. */
    CompletableFuture<Reply> administer(Principal admin, String username, AdministerMember change, Caller caller) {
        Username name = named(username);
        return find(admin).thenCompose(self -> {
            if (self.filter(profile -> profile.disabled() || profile.role() != Role.ADMIN)
                    .isPresent()) {
                throw new ProblemException(HttpRejection.FORBIDDEN);
            }
            return mailboxes.ask(admin.tenant(), name.entityId(), caller, change);
        });
    }

    private <A> CompletableFuture<Optional<A>> read(
            String tenant, Username name, MemberCommand<A> read, Class<A> answer) {
        return mailboxes
                .ask(tenant, name.entityId(), Caller.of(Caller.SYSTEM), read)
                .thenApply(reply -> reply instanceof Reply.Refused refused && refused.kind() == Rejection.Kind.UNKNOWN
                        ? Optional.empty()
                        : Optional.of(accepted(reply, answer)));
    }

    private static <A> A accepted(Reply reply, Class<A> answer) {
        if (reply instanceof Reply.Refused refused) {
            throw new ProblemException(refused, refused.detail(), null);
        }
        return answer.cast(((Reply.Accepted) reply).answer());
    }

    private static Username named(String username) {
        return Username.of(username).orElseThrow(() -> new ProblemException(AccountRejection.UNKNOWN_MEMBER));
    }

    private static void refuseWeak(String password, Username username) {
        if (!Passwords.isAcceptable(password, username)) {
            throw new ProblemException(AccountRejection.WEAK_PASSWORD);
        }
    }

    private static boolean isEmail(String email) {
        return email.length() <= EMAIL_CHARS_MAX && EMAIL.matcher(email).matches();
    }
}
