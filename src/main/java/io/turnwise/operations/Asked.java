package io.turnwise.operations;

import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;
import io.turnwise.journal.Until;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the queries of operators say. */
final class Asked {

    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

    private Asked() {}

    /** A version, or a time. */
    static Until until(Exchange exchange, String name) {
        return exchange.query(name).map(text -> until(name, text)).orElse(Until.NEWEST);
    }

    private static Until until(String name, String text) {
        return VERSION.matcher(text).matches()
                ? Until.version(Long.parseLong(text))
                : Until.time(millis(name, text, "a version or an RFC 3339 time"));
    }

    static Optional<Long> version(Exchange exchange, String name) {
        return exchange.query(name).map(text -> {
            if (VERSION.matcher(text).matches()) {
                return Long.parseLong(text);
            }
            throw invalid(name, "a version, which is a whole number");
        });
    }

    /** Epoch milliseconds of an RFC 3339 time. */
    static Optional<Long> time(Exchange exchange, String name) {
        return exchange.query(name).map(text -> millis(name, text, "an RFC 3339 time"));
    }

    static boolean flag(Exchange exchange, String name, boolean otherwise) {
        return switch (exchange.query(name).orElse(Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "true or false");
        };
    }

    private static long millis(String name, String text, String form) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(name, form);
        }
    }

    static ProblemException invalid(String name, String form) {
        return new ProblemException(HttpRejection.INVALID_PARAMETER, name + " must be " + form + ".", null);
    }
}
