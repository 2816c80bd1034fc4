package io.turnwise.cli.learner;

import io.turnwise.learner.evaluation.Evaluation;
import io.turnwise.learner.evaluation.Evaluation.Requirement;
import io.turnwise.learner.evaluation.Fit;
import io.turnwise.learner.evaluation.PracticeLog;
import io.turnwise.learner.evaluation.Score;
import io.turnwise.learner.model.memory.ActrSettings;
import java.util.Locale;

/** What an evaluation came to, as a table for people. */
final class ScoreTable {

    private final StringBuilder table = new StringBuilder();

    private ScoreTable() {}

    static String of(Evaluation evaluation, int linesLeftOut) {
        ScoreTable scores = new ScoreTable();
        scores.addFacts(evaluation, linesLeftOut);
        scores.add("");
        scores.add(
                "  %-22s %22s %9s %8s %10s %12s",
                "model", "decay, tau, s", "log loss", "Brier", "predicted", "calibration");
        evaluation.scores().forEach(scores::addScore);
        Fit fit = evaluation.fit();
        if (fit != null) {
            scores.add("");
            scores.add("Parameters of a learner are drawn to the fitted ones with strength %.0f.", fit.strength());
            evaluation.requirements().forEach(scores::addRequirement);
        }
        return scores.table.toString();
    }

    private void addFacts(Evaluation evaluation, int linesLeftOut) {
        PracticeLog.Facts facts = evaluation.facts();
        add(
                "%,d rows of %,d learners, %,d left out; %,d of the rows are tests, %.6f of these are right.",
                facts.rows(), facts.learners(), linesLeftOut, facts.tests(), facts.accuracy());
        add(
                "Scored: %,d tests of words presented before, in session %d; fitted: %,d in the sessions before it.",
                evaluation.scoredAttempts(), evaluation.scoredSession(), evaluation.fittedAttempts());
    }

    private void addScore(Score score) {
        add(
                "  %-22s %22s %9.4f %8.4f %10.3f %12.4f",
                score.model(),
                parameters(score),
                score.logLoss(),
                score.brier(),
                score.meanRecall(),
                score.calibrationError());
    }

    private static String parameters(Score score) {
        ActrSettings settings = score.settings();
        return settings == null
                ? ""
                : String.format(Locale.ROOT, "%.4f %.4f %.4f", settings.decay(), settings.tau(), settings.s());
    }

    private void addRequirement(Requirement requirement) {
        add(
                "%s: \"%s\" is %sbelow \"%s\"",
                requirement.holds() ? "Right" : "WRONG",
                requirement.lower(),
                requirement.holds() ? "" : "not ",
                requirement.higher());
    }

    private void add(String form, Object... values) {
        table.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}
