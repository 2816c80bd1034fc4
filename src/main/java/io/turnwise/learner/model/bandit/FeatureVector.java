package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.numeric.Doubles;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.Arrays;
import java.util.List;

/** A situation and a strategy as numbers, in the order of the labels of a version. */
public record FeatureVector(int version, Doubles values) {

    /** 1 and 2 were of engines before this one. */
    public static final int VERSION = 3;

    private static final Feature[] FEATURES = Feature.values();
    private static final List<String> LABELS =
            Arrays.stream(FEATURES).map(Feature::label).toList();

    /** How many numbers there are. */
    public static final int SIZE = FEATURES.length;

    public static FeatureVector of(Situation situation, Strategy strategy) {
        double[] values = new double[SIZE];
        fill(values, situation, strategy);
        return new FeatureVector(VERSION, Doubles.of(values));
    }

    /** What the numbers of this version mean. */
    public static List<String> labels() {
        return LABELS;
    }

    /** The same as {@link #of} into an array of {@link #SIZE}. */
    static void fill(double[] values, Situation situation, Strategy strategy) {
        for (int i = 0; i < FEATURES.length; i++) {
            values[i] = FEATURES[i].value(situation, strategy);
        }
    }

    /**
     * Numbers of an older version of ours in this version: each goes to its label, labels unknown to it are 0, and the
     * bias is 1.
     */
    public static FeatureVector converted(List<String> labels, Doubles values) {
        if (labels.size() != values.size()) {
            throw new IllegalArgumentException(labels.size() + " labels for " + values.size() + " values");
        }
        double[] converted = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            int from = labels.indexOf(LABELS.get(i));
            converted[i] = from < 0 ? 0 : values.at(from);
        }
        converted[LABELS.indexOf(Feature.BIAS.label())] = 1;
        return new FeatureVector(VERSION, Doubles.of(converted));
    }

    /** Numbers from elsewhere brought to a length: zeros at the end, or the end cut off. */
    public static Doubles aligned(Doubles values, int size) {
        return values.size() == size ? values : Doubles.of(Arrays.copyOf(values.values(), size));
    }
}
