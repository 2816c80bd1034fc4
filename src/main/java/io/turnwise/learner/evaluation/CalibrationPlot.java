package io.turnwise.learner.evaluation;

import java.util.List;
import java.util.Locale;

/** Draws what models predict against what came, as SVG; on the diagonal they are equal. */
public final class CalibrationPlot {

    private static final int SIDE = 480;
    private static final int LEFT = 64;
    private static final int TOP = 48;
    private static final int LEGEND = 200;
    private static final int WIDTH = LEFT + SIDE + LEGEND + 24;
    private static final int HEIGHT = TOP + SIDE + 64;
    private static final int LEGEND_LINE = 44;

    /** Told apart by the colour-blind as well (Okabe and Ito). */
    private static final List<String> COLOURS =
            List.of("#000000", "#999999", "#d55e00", "#e69f00", "#56b4e9", "#0072b2", "#009e73", "#cc79a7");

    private final StringBuilder svg = new StringBuilder();

    private CalibrationPlot() {}

    /** The plot of some scores, as a document of its own. */
    public static String of(Evaluation evaluation) {
        CalibrationPlot plot = new CalibrationPlot();
        plot.open(evaluation);
        plot.axes();
        int place = 0;
        for (Score score : evaluation.scores()) {
            plot.draw(score, COLOURS.get(place % COLOURS.size()), place);
            place++;
        }
        return plot.svg.append("</svg>\n").toString();
    }

    private void open(Evaluation evaluation) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        add("<title>Recall predicted and actual</title>");
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
        add(
                "<text x=\"%d\" y=\"28\" font-size=\"15\">Recall in session %d: %,d attempts by bins of like"
                        + " prediction</text>",
                LEFT, evaluation.scoredSession(), evaluation.scoredAttempts());
    }

    private void axes() {
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double share = tenth / 10.0;
            add(
                    "<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"#dddddd\"/>",
                    x(share), TOP, TOP + SIDE, LEFT, y(share), LEFT + SIDE);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>", x(share), TOP + SIDE + 18, share);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>", LEFT - 8, y(share) + 4, share);
        }
        add("<path d=\"M%.1f %.1f L%.1f %.1f\" stroke=\"#888888\" stroke-dasharray=\"4 4\"/>", x(0), y(0), x(1), y(1));
        add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">predicted recall</text>", x(.5), HEIGHT - 20);
        add("<text transform=\"translate(18 %.1f) rotate(-90)\" text-anchor=\"middle\">actual recall</text>", y(.5));
    }

    private void draw(Score score, String colour, int place) {
        StringBuilder points = new StringBuilder();
        for (Score.Bin bin : score.calibration()) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(bin.predicted()), y(bin.actual())));
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>",
                points.toString().strip(), colour);
        for (Score.Bin bin : score.calibration()) {
            add(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s: %.3f predicted, %.3f actual, %,d"
                            + " attempts</title></circle>",
                    x(bin.predicted()),
                    y(bin.actual()),
                    colour,
                    escaped(score.model()),
                    bin.predicted(),
                    bin.actual(),
                    bin.attempts());
        }
        int left = LEFT + SIDE + 24;
        int top = TOP + 12 + place * LEGEND_LINE;
        add("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>", left, top, colour);
        add("<text x=\"%d\" y=\"%d\">%s</text>", left + 12, top + 4, escaped(score.model()));
        add("<text x=\"%d\" y=\"%d\" fill=\"#555555\">log loss %.4f</text>", left + 12, top + 20, score.logLoss());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static double x(double share) {
        return LEFT + share * SIDE;
    }

    private static double y(double share) {
        return TOP + (1 - share) * SIDE;
    }

    private void add(String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
