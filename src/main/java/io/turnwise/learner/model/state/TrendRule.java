package io.turnwise.learner.model.state;

/**
 * How the trend of ability is read off samples of it.
 *
 * @param memoryWeight and {@code stabilityWeight}: what ability consists of
 * @param samples kept at most, none older than {@code windowDays} before the newest
 * @param lineSamples and {@code lineSpanDays}: from where on a line is fitted; before, the drift of an average is taken
 * @param averageKept share of the average that a sample leaves
 * @param minSpanDays samples closer to the last are taken as the last one's correction, so that no slope is read off a
 *     shorter time; 0 to keep every sample
 */
public record TrendRule(
        double memoryWeight,
        double stabilityWeight,
        int samples,
        double windowDays,
        int lineSamples,
        double lineSpanDays,
        double averageKept,
        double upSlope,
        double downSlope,
        double flatSlope,
        double flatVolatility,
        double minSpanDays) {

    public static final TrendRule REFERENCE = new TrendRule(.7, .3, 90, 30, 10, 15, .75, .01, -.005, .005, .05, 0);
    public static final TrendRule STANDARD = new TrendRule(.7, .3, 90, 30, 10, 15, .75, .01, -.005, .005, .05, 1);

    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final double UNSURE_SLOPE = .002;

    /** With what is believed at a moment, which is not before the last sample's. */
    public TrendSamples with(TrendSamples before, Cognition cognition, long atMillis) {
        double day = atMillis / MILLIS_PER_DAY;
        double ability = memoryWeight * cognition.memory() + stabilityWeight * cognition.stability();
        int last = before.size() - 1;
        if (last >= 0 && day - before.days().at(last) < minSpanDays) {
            return new TrendSamples(before.days(), before.abilities().endingWith(ability));
        }
        int old = 0;
        while (old <= last && day - before.days().at(old) > windowDays) {
            old++;
        }
        return new TrendSamples(
                before.days().without(old).pushed(day, samples),
                before.abilities().without(old).pushed(ability, samples));
    }

    public TrendReading read(TrendSamples kept) {
        int count = kept.size();
        double span = kept.spanDays();
        boolean line = count >= lineSamples && span >= lineSpanDays;
        double slope = span <= 0 ? 0 : line ? lineSlope(kept) : averageSlope(kept);
        double volatility = kept.abilities().deviation();
        double confidence = .5 * Math.min(1, count / 15.0) + .3 * Math.min(1, span / 30) + .2 / (1 + 10 * volatility);
        if (!line) {
            confidence -= .15;
        }
        if (Math.abs(slope) < UNSURE_SLOPE) {
            confidence *= .8;
        }
        return new TrendReading(trend(slope, volatility), slope, volatility, Bounds.share(confidence, 0));
    }

    Trend trend(double slope, double volatility) {
        if (slope > upSlope) {
            return Trend.UP;
        }
        if (slope < downSlope) {
            return Trend.DOWN;
        }
        return Math.abs(slope) <= flatSlope && volatility < flatVolatility ? Trend.FLAT : Trend.STUCK;
    }

    private static double lineSlope(TrendSamples kept) {
        double[] days = kept.days().values();
        double[] abilities = kept.abilities().values();
        double meanDay = kept.days().mean();
        double meanAbility = kept.abilities().mean();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < days.length; i++) {
            products += (days[i] - meanDay) * (abilities[i] - meanAbility);
            squares += (days[i] - meanDay) * (days[i] - meanDay);
        }
        return squares == 0 ? 0 : products / squares;
    }

    private double averageSlope(TrendSamples kept) {
        double[] abilities = kept.abilities().values();
        double average = abilities[0];
        for (int i = 1; i < abilities.length; i++) {
            average = averageKept * average + (1 - averageKept) * abilities[i];
        }
        return (average - abilities[0]) / kept.spanDays();
    }
}
