package io.turnwise.bidding;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.turnwise.http.Problem;
import io.turnwise.journal.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a batch of bids, a line each.
 *
 * <p>An accepted one is written here, to the byte as {@link SessionJson.Accepted} is: through the mapper it would cost as much
 * as taking the bid.
 */
final class BulkAnswers {

    /** What is refused comes as the problem it is; seldom, and so through the mapper. */
    record Refused(
            @JsonUnwrapped Problem problem,
            @Nullable String sessionId,
            @Nullable String key) {}

    private static final int ANSWER_CHARS = 200;
    private static final long MICROS = 1_000_000;
    private static final int CENTS = 100;

    private final StringBuilder lines;
    private long acceptedAtMillis = Long.MIN_VALUE;
    private String acceptedAt = "";

    BulkAnswers(int count) {
        this.lines = new StringBuilder(count * ANSWER_CHARS);
    }

    byte[] bytes() {
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    void accepted(String session, SessionAnswer.BidAccepted bid, @Nullable String key, boolean isReplayed) {
        lines.append("{\"status\":\"accepted\",\"session_id\":\"")
                .append(session)
                .append("\",\"price\":");
        price(bid.priceCents());
        lines.append(",\"score\":");
        micros(bid.scoreMicros());
        if (bid.rank() > 0) { // a sealed session does not tell
            lines.append(",\"rank\":").append(bid.rank());
            lines.append(",\"is_winning\":").append(bid.isWinning());
            lines.append(",\"sequence\":").append(bid.sequence());
        }
        lines.append(",\"accepted_at\":\"").append(time(bid.acceptedAtMillis())).append('"');
        if (key != null) {
            lines.append(",\"key\":\"").append(escaped(key)).append('"');
        }
        if (isReplayed) {
            lines.append(",\"replayed\":true");
        }
        lines.append("}\n");
    }

    void refused(Problem problem, @Nullable String session, @Nullable String key) {
        try {
            lines.append(Json.STORED.writeValueAsString(new Refused(problem, session, key)))
                    .append('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + problem.code(), e);
        }
    }

    private void price(long cents) {
        lines.append(cents / CENTS).append('.').append(cents % CENTS / 10).append(cents % 10);
    }

    /** Without zeros at the end. */
    private void micros(long micros) {
        long rest = Math.abs(micros % MICROS);
        lines.append(micros < 0 && micros > -MICROS ? "-" : "").append(micros / MICROS);
        if (rest != 0) {
            lines.append('.');
            for (long place = MICROS / 10; rest != 0; place /= 10) {
                lines.append(rest / place);
                rest %= place;
            }
        }
    }

    /** The bids of one turn have mostly one time. */
    private String time(long millis) {
        if (millis != acceptedAtMillis) {
            acceptedAtMillis = millis;
            acceptedAt = Instant.ofEpochMilli(millis).toString();
        }
        return acceptedAt;
    }

    /** A key has printable ASCII only. */
    private static String escaped(String key) {
        return key.indexOf('"') < 0 && key.indexOf('\\') < 0
                ? key
                : key.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
