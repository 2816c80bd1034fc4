package io.turnwise.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import com.typesafe.config.Config;
import io.turnwise.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hashes and checks passwords with Argon2id, a few at a time, on threads that have nothing else to do. */
public final class Passwords {

    private static final int HASH_BYTES = 32;
    private static final int CHARACTERS_MIN = 8;
    private static final int CHARACTERS_MAX = 128;

    private final Argon2Function argon2;
    private final Executor executor;
    /** Checked where there is no member, so that it takes as long as where there is one. */
    private final PasswordHash nobodys;

    public Passwords(Config config) {
        this(config, threads(config.getConfig("turnwise.account.passwords")));
    }

    /**
     * Passwords hashed elsewhere.
     *
     * @param executor refuses what it cannot take with a {@link RejectedExecutionException}
     */
    Passwords(Config config, Executor executor) {
        Config passwords = config.getConfig("turnwise.account.passwords");
        this.argon2 = Argon2Function.getInstance(
                passwords.getInt("memory-kib"),
                passwords.getInt("passes"),
                passwords.getInt("lanes"),
                HASH_BYTES,
                Argon2.ID);
        this.executor = executor;
        this.nobodys = compute("", "nobody has this salt");
    }

    private static Executor threads(Config passwords) {
        AtomicInteger number = new AtomicInteger();
        int threads = passwords.getInt("threads");
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(passwords.getInt("waiting-max")),
                work -> {
                    Thread thread = new Thread(work, "passwords-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whether the rules allow it: 8 to 128 characters, and not the name itself. */
    static boolean isAcceptable(String password, Username username) {
        int characters = password.codePointCount(0, password.length());
        return characters >= CHARACTERS_MIN
                && characters <= CHARACTERS_MAX
                && !Username.comparable(password).equals(username.compared());
    }

    /** Fails with {@code account.busy} when too many wait. */
    CompletableFuture<PasswordHash> hash(String password, String salt) {
        return later(() -> compute(password, salt));
    }

    /**
     * Whether the password is the one that was hashed; never for a null hash, which takes as long. Fails with {@code
     * account.busy} when too many wait.
     */
    CompletableFuture<Boolean> matches(String password, @Nullable PasswordHash hash) {
        return later(() -> isHashed(password, hash == null ? nobodys : hash) && hash != null);
    }

    private <T> CompletableFuture<T> later(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new ProblemException(AccountRejection.BUSY));
        }
    }

    private PasswordHash compute(String password, String salt) {
        return new PasswordHash(argon2.hash(bytes(password), salt.getBytes(StandardCharsets.UTF_8))
                .getResult());
    }

    private static boolean isHashed(String password, PasswordHash hash) {
        byte[] encoded = hash.encoded().getBytes(StandardCharsets.UTF_8);
        // by the parameters it was hashed with, which may not be those of today
        return Argon2Function.getInstanceFromHash(hash.encoded()).check(bytes(password), encoded);
    }

    /** The same however a keyboard composes its letters. */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }
}
