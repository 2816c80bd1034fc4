package io.turnwise.learner.model.strategy;

import static io.turnwise.learner.model.strategy.Difficulty.EASY;
import static io.turnwise.learner.model.strategy.Difficulty.HARD;
import static io.turnwise.learner.model.strategy.Difficulty.MID;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The 24 strategies that are chosen from, numbered from 1 in an order that never changes. */
public final class Actions {

    /** The number of {@link Strategy#STANDARD}. */
    public static final int FIRST_SERVED = 7;

    private static final List<Strategy> ALL = List.of(
            new Strategy(.5, .1, EASY, 5, 2),
            new Strategy(.5, .2, EASY, 5, 1),
            new Strategy(.8, .1, EASY, 5, 2),
            new Strategy(.8, .2, EASY, 5, 1),
            new Strategy(1, .1, EASY, 8, 2),
            new Strategy(1, .2, EASY, 8, 1),
            new Strategy(1, .2, MID, 8, 1),
            new Strategy(1, .3, MID, 8, 1),
            new Strategy(1, .3, MID, 12, 0),
            new Strategy(1, .4, MID, 12, 0),
            new Strategy(1.2, .1, EASY, 12, 2),
            new Strategy(1.2, .2, MID, 12, 1),
            new Strategy(1.2, .3, MID, 12, 0),
            new Strategy(1.2, .4, HARD, 12, 0),
            new Strategy(1.5, .1, EASY, 16, 2),
            new Strategy(1.5, .2, MID, 16, 1),
            new Strategy(1.5, .3, MID, 16, 0),
            new Strategy(1.5, .4, HARD, 16, 0),
            new Strategy(.8, .2, HARD, 5, 1),
            new Strategy(1, .2, HARD, 8, 0),
            new Strategy(1, .3, HARD, 5, 0),
            new Strategy(1, .3, HARD, 12, 0),
            new Strategy(.5, .3, MID, 8, 1),
            new Strategy(.5, .2, MID, 12, 1));

    /** Numbers, the easiest first. */
    private static final List<Integer> BY_EASE = byEase();

    private Actions() {}

    public static int count() {
        return ALL.size();
    }

    /** In order; the first is number 1. */
    public static List<Strategy> all() {
        return ALL;
    }

    /** Throws for a number that is not from 1 to 24. */
    public static Strategy numbered(int number) {
        return ALL.get(number - 1);
    }

    public static int easiest() {
        return BY_EASE.get(0);
    }

    public static int middle() {
        return BY_EASE.get(ALL.size() / 2);
    }

    public static int hardest() {
        return BY_EASE.get(ALL.size() - 1);
    }

    /** The number of the one most like a strategy, of equals the first. */
    public static int nearest(Strategy strategy) {
        int nearest = 1;
        for (int number = 2; number <= ALL.size(); number++) {
            if (distance(strategy, numbered(number)) < distance(strategy, numbered(nearest))) {
                nearest = number;
            }
        }
        return nearest;
    }

    private static double distance(Strategy one, Strategy other) {
        return Math.abs(one.intervalScale() - other.intervalScale())
                + 5 * Math.abs(one.newRatio() - other.newRatio())
                + (one.difficulty() == other.difficulty() ? 0 : 1)
                + Math.abs(one.batchSize() - other.batchSize()) / 16.0
                + Math.abs(one.hintLevel() - other.hintLevel()) / 2.0;
    }

    private static List<Integer> byEase() {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= ALL.size(); number++) {
            numbers.add(number);
        }
        numbers.sort(Comparator.comparingDouble(number -> hardness(numbered(number))));
        return List.copyOf(numbers);
    }

    private static double hardness(Strategy strategy) {
        return strategy.intervalScale()
                + strategy.difficulty().steps()
                + 2 * strategy.newRatio()
                - .3 * strategy.hintLevel();
    }
}
