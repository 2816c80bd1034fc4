package io.turnwise.learner.evaluation;

import io.turnwise.learner.model.memory.ActrSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How good the predictions of one model were.
 *
 * @param settings of a model after ACT-R with the same parameters for everybody
 * @param meanRecall as predicted
 * @param logLoss mean, natural logarithm
 * @param brier mean squared difference
 * @param calibrationError mean difference of predicted and actual recall over the bins, each weighed by its attempts
 * @param calibration at most {@value #BINS} bins of as many attempts each as can be, by rising prediction
 */
public record Score(
        String model,
        @Nullable ActrSettings settings,
        double meanRecall,
        double logLoss,
        double brier,
        double calibrationError,
        List<Bin> calibration) {

    /** Attempts that were given like predictions, what these say and what came. */
    public record Bin(int attempts, double predicted, double actual) {}

    private static final int BINS = 10;
    private static final double PREDICTION_MIN = 1e-6;

    private record Prediction(double recall, boolean isRight) {}

    /**
     * Scores parameters of ACT-R.
     *
     * @param attempts at least one
     */
    static Score of(String model, List<Attempt> attempts, ActrSettings settings) {
        return of(model, settings, attempts, attempt -> attempt.recall(settings));
    }

    /**
     * Scores predictions.
     *
     * @param attempts at least one
     */
    static Score of(String model, List<Attempt> attempts, ToDoubleFunction<Attempt> recall) {
        return of(model, null, attempts, recall);
    }

    private static Score of(
            String model, @Nullable ActrSettings settings, List<Attempt> attempts, ToDoubleFunction<Attempt> recall) {
        List<Prediction> predictions = new ArrayList<>(attempts.size());
        double sum = 0;
        double loss = 0;
        double squares = 0;
        for (Attempt attempt : attempts) {
            double prediction = held(recall.applyAsDouble(attempt));
            double missed = prediction - (attempt.isRight() ? 1 : 0);
            predictions.add(new Prediction(prediction, attempt.isRight()));
            sum += prediction;
            loss += logLoss(prediction, attempt.isRight());
            squares += missed * missed;
        }
        int count = attempts.size();
        List<Bin> bins = bins(predictions);
        double error = 0;
        for (Bin bin : bins) {
            error += bin.attempts() * Math.abs(bin.predicted() - bin.actual());
        }
        return new Score(model, settings, sum / count, loss / count, squares / count, error / count, bins);
    }

    /** The loss of one prediction, held within 1e-6 and 1 - 1e-6. */
    static double logLoss(double recall, boolean isRight) {
        double prediction = held(recall);
        return -StrictMath.log(isRight ? prediction : 1 - prediction);
    }

    private static double held(double recall) {
        return Math.min(1 - PREDICTION_MIN, Math.max(PREDICTION_MIN, recall));
    }

    /** Equal predictions stay together, so a constant has one bin. */
    private static List<Bin> bins(List<Prediction> predictions) {
        predictions.sort(Comparator.comparingDouble(Prediction::recall));
        List<Bin> bins = new ArrayList<>();
        int from = 0;
        for (int bin = 1; bin <= BINS; bin++) {
            int to = (int) ((long) predictions.size() * bin / BINS);
            while (to > from
                    && to < predictions.size()
                    && predictions.get(to).recall() == predictions.get(to - 1).recall()) {
                to++;
            }
            if (to > from) {
                bins.add(bin(predictions.subList(from, to)));
                from = to;
            }
        }
        return List.copyOf(bins);
    }

    private static Bin bin(List<Prediction> predictions) {
        double sum = 0;
        int right = 0;
        for (Prediction prediction : predictions) {
            sum += prediction.recall();
            right += prediction.isRight() ? 1 : 0;
        }
        int count = predictions.size();
        return new Bin(count, sum / count, (double) right / count);
    }
}
