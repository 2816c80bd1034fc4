package io.turnwise.account;

import static io.turnwise.http.Exchange.required;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.turnwise.account.MemberAnswer.Profile;
import io.turnwise.account.MemberCommand.AdministerMember;
import io.turnwise.account.Members.Registration;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.Principal;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.http.Role;
import io.turnwise.http.Tokens;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Accounts over HTTP. */
public final class AccountRoutes {

    private record RegisterBody(
            @Nullable String username,
            @Nullable String password,
            @Nullable String email) {}

    private record LoginBody(
            @Nullable String username, @Nullable String password) {}

    private record LoggedIn(String accessToken, String tokenType, long expiresIn) {}

    private record PasswordBody(
            @Nullable String oldPassword, @Nullable String newPassword) {}

    private record AdministerBody(
            @Nullable Role role,
            @Nullable BigDecimal weight,
            @Nullable Boolean disabled) {}

    private record MembersBody(
            List<MemberBody> members, @Nullable String next) {}

    private static final String QUERY_MAX = "query must have at most 128 printable characters.";
    private static final Pattern QUERY = Pattern.compile("[^\\p{C}]{0,128}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{0,200}");
    private static final int PAGE = 50;
    private static final int PAGE_MAX = 100;

    private final Members members;
    private final Tokens tokens;
    private final Jdbi jdbi;
    private final Executor blocking;

    /**
     * Routes to the members.
     *
     * @param jdbi where the {@link MemberView} is
     * @param blocking waits for it
     */
    public AccountRoutes(Members members, Tokens tokens, Jdbi jdbi, Executor blocking) {
        this.members = members;
        this.tokens = tokens;
        this.jdbi = jdbi;
        this.blocking = blocking;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/auth/register", Access.PUBLIC, this::register)
                        .limitedPerAddress(),
                Endpoint.post("/api/auth/login", Access.PUBLIC, this::logIn).limitedPerAddress(),
                Endpoint.get("/api/auth/me", Access.MEMBER, this::me),
                Endpoint.post("/api/auth/password", Access.MEMBER, this::changePassword),
                Endpoint.get("/api/admin/members", Access.ADMIN, this::list),
                Endpoint.get("/api/admin/members/{username}", Access.ADMIN, this::read),
                Endpoint.put("/api/admin/members/{username}", Access.ADMIN, this::administer));
    }

    private CompletionStage<HttpResponse> register(Exchange exchange) {
        return exchange.withBody(
                RegisterBody.class,
                body -> members.register(
                                new Registration(
                                        required("username", body.username),
                                        required("password", body.password),
                                        body.email),
                                exchange.idempotencyKey(),
                                exchange::callerAs)
                        .thenApply(reply -> Responses.reply(
                                exchange,
                                reply,
                                Profile.class,
                                profile -> Responses.json(201, MemberBody.own(profile)))));
    }

    private CompletionStage<HttpResponse> logIn(Exchange exchange) {
        return exchange.withBody(
                LoginBody.class,
                body -> members.logIn(required("username", body.username), required("password", body.password))
                        .thenApply(profile -> Responses.ok(new LoggedIn(
                                        tokens.sign(principal(profile)),
                                        "bearer",
                                        tokens.lifetime().toSeconds()))
                                .addHeader(RawHeader.create("Cache-Control", "no-store"))));
    }

    /** As tokens have it; when they expire they decide themselves. */
    private static Principal principal(Profile profile) {
        return new Principal(
                profile.userId(), profile.username(), profile.weightHundredths(), profile.role(), Members.TENANT, 0);
    }

    private CompletionStage<HttpResponse> me(Exchange exchange) {
        Principal principal = exchange.principal();
        return members.find(principal)
                .thenApply(found -> Responses.ok(found.map(MemberBody::own).orElseGet(() -> MemberBody.of(principal))));
    }

    private CompletionStage<HttpResponse> changePassword(Exchange exchange) {
        return exchange.withBody(
                PasswordBody.class,
                body -> members.changePassword(
                                exchange.principal(),
                                required("old_password", body.oldPassword),
                                required("new_password", body.newPassword),
                                exchange.caller())
                        .thenApply(reply ->
                                Responses.reply(exchange, reply, Profile.class, profile -> Responses.noContent())));
    }

    private CompletionStage<HttpResponse> list(Exchange exchange) {
        String query = exchange.query("query").orElse("");
        if (!QUERY.matcher(query).matches()) {
            throw new ProblemException(HttpRejection.INVALID_PARAMETER, QUERY_MAX, null);
        }
        String after = exchange.query("after").orElse("");
        if (!ID.matcher(after).matches()) {
            throw new ProblemException(
                    HttpRejection.INVALID_PARAMETER, "after must be what an answer had as next.", null);
        }
        int limit = exchange.query("limit", PAGE, 1, PAGE_MAX);
        return CompletableFuture.supplyAsync(
                () -> Responses.ok(page(exchange.tenant(), query, after, limit)), blocking);
    }

    private MembersBody page(String tenant, String query, String after, int limit) {
        List<MemberView.Listed> page = jdbi.withHandle(handle -> MemberView.page(handle, tenant, query, after, limit));
        String next = page.size() < limit ? null : page.get(limit - 1).id();
        return new MembersBody(page.stream().map(MemberBody::of).toList(), next);
    }

    private CompletionStage<HttpResponse> read(Exchange exchange) {
        return members.read(exchange.tenant(), exchange.pathParameter("username"))
                .thenApply(reply -> Responses.versioned(exchange, reply, Profile.class, MemberBody::of));
    }

    private CompletionStage<HttpResponse> administer(Exchange exchange) {
        return exchange.withBody(
                AdministerBody.class,
                body -> members.administer(
                                exchange.principal(),
                                exchange.pathParameter("username"),
                                new AdministerMember(body.role, hundredths(body.weight), body.disabled),
                                exchange.caller())
                        .thenApply(reply -> Responses.versioned(exchange, reply, Profile.class, MemberBody::of)));
    }

    /** Looks at sign, size and scale before anything is computed: 1e-999999999 has a billion decimals. */
    private static @Nullable Integer hundredths(@Nullable BigDecimal weight) {
        if (weight == null) {
            return null;
        }
        BigDecimal plain = weight.stripTrailingZeros();
        if (plain.signum() < 0
                || plain.compareTo(MemberBody.weight(AdministerMember.WEIGHT_HUNDREDTHS_MAX)) > 0
                || plain.scale() > 2) {
            throw new ProblemException(AccountRejection.INVALID_WEIGHT);
        }
        return plain.movePointRight(2).intValueExact();
    }
}
