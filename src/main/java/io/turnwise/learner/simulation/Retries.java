package io.turnwise.learner.simulation;

import com.typesafe.config.Config;

/** Shares of wrong answers that are tried once more, and twice. */
record Retries(double once, double twice) {

    static Retries of(Config shares) {
        return new Retries(shares.getDouble("retry-once"), shares.getDouble("retry-twice"));
    }

    /** How often a wrong answer is tried again, by chance from 0 to 1. */
    int count(double chance) {
        if (chance < twice) {
            return 2;
        }
        return chance < twice + once ? 1 : 0;
    }
}
