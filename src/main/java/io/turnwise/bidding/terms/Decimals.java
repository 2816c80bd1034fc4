package io.turnwise.bidding.terms;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;

/** Decimal numbers as exact scaled longs: cents, hundredths, micros. */
public final class Decimals {

    public static final int CENTS_PLACES = 2;
    public static final int MICROS_PLACES = 6;

    private static final int LONG_DIGITS = 19;

    private Decimals() {}

    /** {@code value * 10^places}; empty when it has more places than that or does not fit. */
    public static OptionalLong scaled(BigDecimal value, int places) {
        BigDecimal shortest = value.stripTrailingZeros();
        // judged by its size before it is written out: 1e2000000000 has as many digits
        long digits = (long) shortest.precision() - shortest.scale() + places;
        if (shortest.scale() > places || digits > LONG_DIGITS) {
            return OptionalLong.empty();
        }
        BigInteger scaled = shortest.setScale(places).unscaledValue();
        return scaled.bitLength() < Long.SIZE ? OptionalLong.of(scaled.longValue()) : OptionalLong.empty();
    }

    public static BigDecimal decimal(long scaled, int places) {
        return BigDecimal.valueOf(scaled, places);
    }

    /** As people write it: {@code 10.00}. */
    public static String price(long priceCents) {
        return decimal(priceCents, CENTS_PLACES).toPlainString();
    }
}
