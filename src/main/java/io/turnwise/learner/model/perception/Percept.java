package io.turnwise.learner.model.perception;

/**
 * One answer as numbers of comparable size.
 *
 * @param zRt deviations by which the answer took longer than usual, as the other {@code z} values
 * @param rtVariation how unevenly the last answers came, {@code dwellVariation} how unevenly they were looked at
 * @param drift deviations of the dwell time
 * @param retries 0 to 1
 * @param correctness 1 or -1
 */
public record Percept(
        double zRt,
        double rtVariation,
        double dwellVariation,
        double zPause,
        double zSwitch,
        double drift,
        double zInteraction,
        double zFocusLoss,
        double retries,
        double correctness) {}
