package io.turnwise.bidding.terms;

import java.math.BigInteger;

/**
 * The weights of a session's score and the formula itself, exact to its one rounding.
 *
 * <p>Score rule: {@code alpha * P + beta / (T + 1) + gamma * W}, P the price, T whole time units from the session's
 * start to the bid's stamp, W the member's weight; in points, rounded once, half to even, to 1e-6 of a point.
 */
public record Scoring(long alphaMicros, long betaMicros, long gammaMicros, TimeUnit timeUnit) {

    public static final long PRICE_CENTS_MAX = 999_999_999_999L;
    public static final int WEIGHT_HUNDREDTHS_MAX = 100_000;

    /** Beyond it a score in micros would come near the end of a long. */
    public static final long SCORE_MICROS_MAX = 9_000_000_000_000_000_000L;

    /** Price and weight have two places, so their terms come in hundredths of a micro. */
    private static final long HUNDREDTHS = 100;

    private static final BigInteger WIDE_HUNDREDTHS = BigInteger.valueOf(HUNDREDTHS);

    /**
     * The score of one bid, within the bounds that {@link SessionTerms#problems} holds a session to.
     *
     * @param elapsedMillis from the session's start, not negative
     */
    public long scoreMicros(long priceCents, int weightHundredths, long elapsedMillis) {
        long ticks = timeUnit.whole(elapsedMillis) + 1;
        long ofPrice = alphaMicros * priceCents;
        long ofWeight = gammaMicros * weightHundredths;
        long linear = ofPrice + ofWeight;
        boolean fits =
                (Math.multiplyHigh(alphaMicros, priceCents) | Math.multiplyHigh(gammaMicros, weightHundredths)) == 0
                        && (ofPrice | ofWeight | linear) >= 0;
        if (fits) {
            return rounded(linear / HUNDREDTHS, linear % HUNDREDTHS, ticks);
        }
        BigInteger[] wide = linear(priceCents, weightHundredths).divideAndRemainder(WIDE_HUNDREDTHS);
        return rounded(wide[0].longValueExact(), wide[1].longValue(), ticks);
    }

    /**
     * Adds the whole micros of both terms and rounds what is left of both together: {@code linearRest / 100 + betaRest
     * / ticks}, over the common denominator. It stays below {@code 200 * ticks}, so no long overflows.
     */
    private long rounded(long linearWhole, long linearRest, long ticks) {
        long whole = linearWhole + betaMicros / ticks;
        long one = HUNDREDTHS * ticks;
        long rest = linearRest * ticks + betaMicros % ticks * HUNDREDTHS;
        if (rest >= one) {
            whole++;
            rest -= one;
        }
        boolean up = 2 * rest > one || (2 * rest == one && whole % 2 != 0);
        return up ? whole + 1 : whole;
    }

    private BigInteger linear(long priceCents, int weightHundredths) {
        BigInteger ofPrice = BigInteger.valueOf(alphaMicros).multiply(BigInteger.valueOf(priceCents));
        return ofPrice.add(BigInteger.valueOf(gammaMicros).multiply(BigInteger.valueOf(weightHundredths)));
    }

    /** Whether the greatest possible score, at the highest price and weight in the first instant, stays in bounds. */
    boolean staysInBounds() {
        BigInteger ofBeta = BigInteger.valueOf(betaMicros).multiply(WIDE_HUNDREDTHS);
        BigInteger greatest = linear(PRICE_CENTS_MAX, WEIGHT_HUNDREDTHS_MAX).add(ofBeta);
        return greatest.compareTo(BigInteger.valueOf(SCORE_MICROS_MAX).multiply(WIDE_HUNDREDTHS)) <= 0;
    }
}
