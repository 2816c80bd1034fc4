package io.turnwise.bidding.terms;

import io.turnwise.bidding.terms.SessionTerms.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Terms as an organiser writes them, not yet checked: decimals, times and gaps.
 *
 * @param startsAt now, if absent
 * @param endsAt either this or {@code durationSeconds}
 */
public record Proposal(
        @Nullable String title,
        @Nullable String description,
        @Nullable BigDecimal upsetPrice,
        @Nullable Long inventory,
        @Nullable BigDecimal alpha,
        @Nullable BigDecimal beta,
        @Nullable BigDecimal gamma,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Long durationSeconds,
        @Nullable TimeUnit timeUnit,
        @Nullable RebidRule rebidRule,
        @Nullable PriceRule priceRule,
        @Nullable SnipeGuard antiSnipe,
        @Nullable BigDecimal reservePrice,
        @Nullable Boolean sealed,
        @Nullable BigDecimal minIncrement,
        @Nullable Long bidsPerSecond) {

    /** An {@link AntiSnipe} as it is written. */
    public record SnipeGuard(
            @Nullable Long windowSeconds,
            @Nullable Long extendSeconds,
            @Nullable Long maxExtensions) {}

    /** What became of a proposal. */
    public sealed interface Outcome {}

    public record Fit(SessionTerms terms) implements Outcome {}

    /** At least one problem, in the order of the fields. */
    public record Unfit(List<Problem> problems) implements Outcome {}

    private static final Instant LATEST = Instant.ofEpochMilli(SessionTerms.TIME_MILLIS_MAX);

    /** Terms, or all that stands in their way. */
    public Outcome terms(long nowMillis) {
        List<Problem> found = new ArrayList<>();
        if (title == null) {
            found.add(new Problem("title", "The title is missing."));
        }
        long upsetPriceCents = scaled(upsetPrice, "upset_price", Decimals.CENTS_PLACES, found);
        if (inventory == null) {
            found.add(new Problem("inventory", "The inventory is missing."));
        }
        Scoring scoring = new Scoring(
                scaled(alpha, "alpha", Decimals.MICROS_PLACES, found),
                scaled(beta, "beta", Decimals.MICROS_PLACES, found),
                scaled(gamma, "gamma", Decimals.MICROS_PLACES, found),
                timeUnit == null ? TimeUnit.MILLISECONDS : timeUnit);
        long startsAtMillis = startsAt == null ? nowMillis : millis(startsAt);
        long endsAtMillis = endsAtMillis(startsAtMillis, found);
        HouseRules houseRules = houseRules(found);
        if (title == null || inventory == null || !found.isEmpty()) {
            return new Unfit(found);
        }
        SessionTerms terms = new SessionTerms(
                title,
                description,
                upsetPriceCents,
                narrowed(inventory),
                scoring,
                startsAtMillis,
                endsAtMillis,
                rebidRule == null ? RebidRule.REPLACE : rebidRule,
                priceRule == null ? PriceRule.UNIFORM_KTH : priceRule,
                houseRules);
        List<Problem> problems = terms.problems(nowMillis);
        return problems.isEmpty() ? new Fit(terms) : new Unfit(problems);
    }

    private HouseRules houseRules(List<Problem> found) {
        return new HouseRules(
                antiSnipe == null ? null : antiSnipe(antiSnipe, found),
                reservePrice == null
                        ? null
                        : (Long) scaled(reservePrice, "reserve_price", Decimals.CENTS_PLACES, found),
                sealed != null && sealed,
                minIncrement == null ? 1 : scaled(minIncrement, "min_increment", Decimals.CENTS_PLACES, found),
                bidsPerSecond == null ? HouseRules.BIDS_PER_SECOND : narrowed(bidsPerSecond));
    }

    private static @Nullable AntiSnipe antiSnipe(SnipeGuard guard, List<Problem> found) {
        Long window = guard.windowSeconds();
        Long extend = guard.extendSeconds();
        Long max = guard.maxExtensions();
        if (window == null || extend == null || max == null) {
            found.add(new Problem("anti_snipe", "anti_snipe needs window_seconds, extend_seconds and max_extensions."));
            return null;
        }
        return new AntiSnipe(narrowed(window), narrowed(extend), narrowed(max));
    }

    /** What lies outside of all bounds stays outside, without overflow. */
    private static int narrowed(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    private static long scaled(@Nullable BigDecimal value, String field, int places, List<Problem> found) {
        if (value == null) {
            found.add(new Problem(field, field + " is missing."));
            return 0;
        }
        OptionalLong scaled = Decimals.scaled(value, places);
        if (scaled.isEmpty()) {
            found.add(new Problem(field, field + " has more than " + places + " decimals or is too large."));
        }
        return scaled.orElse(0);
    }

    private long endsAtMillis(long startsAtMillis, List<Problem> found) {
        if ((endsAt == null) == (durationSeconds == null)) {
            found.add(new Problem("ends_at", "Give either ends_at or duration_seconds."));
            return 0;
        }
        if (endsAt != null) {
            return millis(endsAt);
        }
        long seconds = durationSeconds == null ? 0 : durationSeconds;
        if (seconds < 1 || seconds > SessionTerms.LENGTH_MILLIS_MAX / 1000) {
            found.add(new Problem("duration_seconds", "The session must last from 1 second to 366 days."));
            return 0;
        }
        return startsAtMillis + seconds * 1000;
    }

    /** What lies outside of all bounds stays outside, without overflow. */
    private static long millis(Instant instant) {
        if (instant.isBefore(Instant.EPOCH)) {
            return -1;
        }
        return instant.isAfter(LATEST) ? SessionTerms.TIME_MILLIS_MAX + 1 : instant.toEpochMilli();
    }
}
