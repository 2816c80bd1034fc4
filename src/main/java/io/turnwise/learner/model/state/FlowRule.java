package io.turnwise.learner.model.state;

import io.turnwise.learner.model.numeric.Doubles;

/**
 * When a user is in flow: right often but not always, evenly fast, awake and willing.
 *
 * @param window answers looked at, from {@code answersMin} on
 * @param rateLow and {@code rateHigh}: between them the share of right answers suits
 * @param evenVariation of the response times that is even, {@code unevenVariation} where half is left, {@code
 *     erraticVariation} where {@code erraticFactor} is left
 * @param flow product of all factors from which it is flow
 */
public record FlowRule(
        int window,
        int answersMin,
        double rateLow,
        double rateHigh,
        double evenVariation,
        double unevenVariation,
        double erraticVariation,
        double erraticFactor,
        double flow) {

    public static final FlowRule REFERENCE = new FlowRule(20, 5, .65, .8, .3, .6, 1, .3, .7);

    private static final double AT_THE_EDGE = .8;
    private static final double UNEVEN_FACTOR = .5;

    public Flow read(double successRate, Doubles rtMillis, UserState state) {
        if (rtMillis.size() < answersMin) {
            return Flow.UNKNOWN;
        }
        double willing = .6 * state.attention() + .4 * (state.motivation() + 1) / 2;
        if (success(successRate) * evenness(rtMillis.variation()) * willing >= flow) {
            return Flow.FLOW;
        }
        if (successRate < rateLow) {
            return Flow.ANXIETY;
        }
        return successRate > rateHigh ? Flow.BOREDOM : Flow.NORMAL;
    }

    double success(double rate) {
        if (rate < rateLow) {
            return AT_THE_EDGE * rate / rateLow;
        }
        if (rate > rateHigh) {
            return AT_THE_EDGE - .3 * (rate - rateHigh) / (1 - rateHigh);
        }
        double centre = (rateLow + rateHigh) / 2;
        return 1 - (1 - AT_THE_EDGE) * Math.abs(rate - centre) / (rateHigh - centre);
    }

    double evenness(double variation) {
        if (variation < evenVariation) {
            return 1;
        }
        if (variation < unevenVariation) {
            return 1 - (1 - UNEVEN_FACTOR) * (variation - evenVariation) / (unevenVariation - evenVariation);
        }
        double beyond = Math.min(1, (variation - unevenVariation) / (erraticVariation - unevenVariation));
        return UNEVEN_FACTOR - (UNEVEN_FACTOR - erraticFactor) * beyond;
    }
}
