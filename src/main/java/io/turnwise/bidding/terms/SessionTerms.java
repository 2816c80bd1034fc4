package io.turnwise.bidding.terms;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session is played by; fixed once it has started.
 *
 * @param upsetPriceCents the lowest price a bid may have
 * @param inventory how many bids win
 * @param startsAtMillis the first instant a bid counts
 * @param endsAtMillis the first instant no bid counts any more
 * @param houseRules absent in what was stored before there were any
 */
public record SessionTerms(
        String title,
        @Nullable String description,
        long upsetPriceCents,
        int inventory,
        Scoring scoring,
        long startsAtMillis,
        long endsAtMillis,
        RebidRule rebidRule,
        PriceRule priceRule,
        @Nullable HouseRules houseRules) {

    static final int TITLE_MAX = 200;
    static final int DESCRIPTION_MAX = 5_000;
    static final int INVENTORY_MAX = 100_000;
    static final long LENGTH_MILLIS_MAX = 366L * 24 * 60 * 60 * 1000;

    /** The last instant of the year 9999, after which RFC 3339 has no name for it. */
    public static final long TIME_MILLIS_MAX = 253_402_300_799_999L;

    /**
     * Why terms cannot be.
     *
     * @param field by the name an organiser knows it: {@code upset_price}
     * @param detail one sentence saying what it must be
     */
    public record Problem(String field, String detail) {}

    /** The plain game. */
    public SessionTerms(
            String title,
            @Nullable String description,
            long upsetPriceCents,
            int inventory,
            Scoring scoring,
            long startsAtMillis,
            long endsAtMillis,
            RebidRule rebidRule,
            PriceRule priceRule) {
        this(
                title,
                description,
                upsetPriceCents,
                inventory,
                scoring,
                startsAtMillis,
                endsAtMillis,
                rebidRule,
                priceRule,
                null);
    }

    /** The house rules in force. */
    public HouseRules house() {
        return houseRules == null ? HouseRules.NONE : houseRules;
    }

    /** All that is wrong with them at {@code nowMillis}; empty when a session can be played by them. */
    public List<Problem> problems(long nowMillis) {
        List<Problem> found = new ArrayList<>();
        if (title.isBlank() || title.length() > TITLE_MAX) {
            found.add(new Problem("title", "The title must have 1 to 200 characters."));
        }
        if (description != null && description.length() > DESCRIPTION_MAX) {
            found.add(new Problem("description", "The description must have at most 5000 characters."));
        }
        addUnstorable(found, "title", title);
        addUnstorable(found, "description", description);
        if (upsetPriceCents < 1 || upsetPriceCents > Scoring.PRICE_CENTS_MAX) {
            found.add(new Problem("upset_price", "The upset price must be from 0.01 to 9999999999.99."));
        }
        if (inventory < 1 || inventory > INVENTORY_MAX) {
            found.add(new Problem("inventory", "The inventory must be from 1 to 100000."));
        }
        addScoreProblems(found);
        addTimeProblems(found, nowMillis);
        house().addProblems(found, upsetPriceCents, rebidRule);
        return found;
    }

    private static void addUnstorable(List<Problem> found, String field, @Nullable String text) {
        if (text != null && !Wording.isStorable(text)) {
            found.add(new Problem(field, "The " + field + " must not hold NUL or half a surrogate pair."));
        }
    }

    private void addScoreProblems(List<Problem> found) {
        int before = found.size();
        addNegative(found, "alpha", scoring.alphaMicros());
        addNegative(found, "beta", scoring.betaMicros());
        addNegative(found, "gamma", scoring.gammaMicros());
        if (found.size() == before && !scoring.staysInBounds()) {
            found.add(new Problem(
                    "alpha",
                    "alpha * 9999999999.99 + beta + gamma * 1000, the greatest possible score, must be at most"
                            + " 9000000000000 points; lower alpha, beta or gamma."));
        }
    }

    private static void addNegative(List<Problem> found, String field, long micros) {
        if (micros < 0) {
            found.add(new Problem(field, field + " must not be negative."));
        }
    }

    private void addTimeProblems(List<Problem> found, long nowMillis) {
        if (startsAtMillis < 0 || startsAtMillis > TIME_MILLIS_MAX) {
            found.add(new Problem("starts_at", "The session must start between the years 1970 and 9999."));
        } else if (endsAtMillis <= startsAtMillis) {
            found.add(new Problem("ends_at", "The session must end after it starts."));
        } else if (endsAtMillis - startsAtMillis > LENGTH_MILLIS_MAX || latestEndMillis() > TIME_MILLIS_MAX) {
            found.add(new Problem("ends_at", "The session must last at most 366 days and end before the year 10000."));
        } else if (endsAtMillis <= nowMillis) {
            found.add(new Problem("ends_at", "The session must end in the future."));
        }
    }

    private long latestEndMillis() {
        AntiSnipe antiSnipe = house().antiSnipe();
        return antiSnipe == null ? endsAtMillis : endsAtMillis + antiSnipe.longestMillis();
    }

    public long scoreMicros(long priceCents, int weightHundredths, long atMillis) {
        return scoring.scoreMicros(priceCents, weightHundredths, atMillis - startsAtMillis);
    }

    public SessionTerms endingAt(long millis) {
        return new SessionTerms(
                title,
                description,
                upsetPriceCents,
                inventory,
                scoring,
                startsAtMillis,
                millis,
                rebidRule,
                priceRule,
                houseRules);
    }
}
