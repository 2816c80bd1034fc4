package io.turnwise.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.typesafe.config.Config;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often one remote address may do one thing: a token bucket for each.
 *
 * <p>A bucket is one number, the time at which it will be full again; one that is full need not be remembered.
 */
final class AddressLimit {

    private static final int NETWORK_BYTES = 8;

    private final long nanosPerToken;
    private final long nanosWhenEmpty;
    private final LongSupplier nanoClock;
    /** By IPv4 address or IPv6 network, of which one subscriber has every address: when the bucket will be full. */
    private final Cache<Long, AtomicLong> fullAt;

    /**
     * Reads {@code per-minute}, {@code burst} and {@code addresses-max}.
     *
     * @param nanoClock rises as {@link System#nanoTime} does
     */
    AddressLimit(Config limit, LongSupplier nanoClock) {
        int perMinute = limit.getInt("per-minute");
        this.nanosPerToken = perMinute == 0 ? 0 : Duration.ofMinutes(1).toNanos() / perMinute;
        this.nanosWhenEmpty = nanosPerToken * limit.getInt("burst");
        this.nanoClock = nanoClock;
        this.fullAt = Caffeine.newBuilder()
                .maximumSize(limit.getLong("addresses-max"))
                .expireAfterAccess(Duration.ofNanos(Math.max(1, nanosWhenEmpty)))
                .build();
    }

    /**
     * Takes a token.
     *
     * @throws ProblemException when there is none, saying when there will be
     */
    void take(InetAddress address) {
        if (nanosPerToken == 0) {
            return;
        }
        long nowNanos = nanoClock.getAsLong();
        AtomicLong bucket = fullAt.get(key(address), unseen -> new AtomicLong(nowNanos));
        long missingNanos;
        long fullNanos;
        do {
            fullNanos = bucket.get();
            missingNanos = Math.max(0, fullNanos - nowNanos) + nanosPerToken;
            if (missingNanos > nanosWhenEmpty) {
                throw ProblemException.retryAfter(
                        HttpRejection.TOO_MANY_REQUESTS, seconds(missingNanos - nanosWhenEmpty));
            }
        } while (!bucket.compareAndSet(fullNanos, nowNanos + missingNanos));
    }

    private static long seconds(long nanos) {
        long second = Duration.ofSeconds(1).toNanos();
        return (nanos + second - 1) / second;
    }

    private static Long key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(bytes, 0, NETWORK_BYTES).getLong()
                : Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
    }
}
