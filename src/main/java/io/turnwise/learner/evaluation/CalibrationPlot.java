package io.turnwise.learner.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * Draws what models predict against what came, as SVG, once whole and once from {@value #ZOOMED_FROM} on; on the diagonal
 * they are equal.
 */
public final class CalibrationPlot {

    private static final double ZOOMED_FROM = .6;
    private static final int SIDE = 420;
    private static final int GAP = 72;
    private static final int TOP = 56;
    private static final int LEGEND = 200;
    private static final int WIDTH = GAP + SIDE + GAP + SIDE + LEGEND;
    private static final int HEIGHT = TOP + SIDE + 64;
    private static final int LEGEND_LINE = 44;
    private static final int GRID = 4;

    /** Told apart by the colour-blind as well (Okabe and Ito). */
    private static final List<String> COLOURS =
            List.of("#000000", "#999999", "#d55e00", "#e69f00", "#56b4e9", "#0072b2", "#009e73", "#cc79a7");

    /** Shares from one on up to 1, drawn as a square. */
    private record Panel(int left, double from) {

        double x(double share) {
            return left + (share - from) / (1 - from) * SIDE;
        }

        double y(double share) {
            return TOP + (1 - share) / (1 - from) * SIDE;
        }

        boolean holds(Score.Bin bin) {
            return bin.predicted() >= from && bin.actual() >= from;
        }
    }

    private static final List<Panel> PANELS = List.of(new Panel(GAP, 0), new Panel(GAP + SIDE + GAP, ZOOMED_FROM));

    private final StringBuilder svg = new StringBuilder();

    private CalibrationPlot() {}

    /** The plot of an evaluation, as a document of its own. */
    public static String of(Evaluation evaluation) {
        CalibrationPlot plot = new CalibrationPlot();
        plot.open(evaluation);
        for (Panel panel : PANELS) {
            plot.axes(panel);
        }
        for (int place = 0; place < evaluation.scores().size(); place++) {
            Score score = evaluation.scores().get(place);
            String colour = COLOURS.get(place % COLOURS.size());
            for (Panel panel : PANELS) {
                plot.curve(panel, score, colour);
            }
            plot.legend(score, colour, place);
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
                "<text x=\"%d\" y=\"28\" font-size=\"15\">Recall in session %d: %,d attempts, in bins of like"
                        + " prediction</text>",
                GAP, evaluation.scoredSession(), evaluation.scoredAttempts());
    }

    private void axes(Panel panel) {
        int left = panel.left();
        for (int line = 0; line <= GRID; line++) {
            double share = panel.from() + (1 - panel.from()) * line / GRID;
            double x = panel.x(share);
            double y = panel.y(share);
            add("<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"#dddddd\"/>", x, TOP, TOP + SIDE, left, y, left + SIDE);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.2f</text>", x, TOP + SIDE + 18, share);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>", left - 8, y + 4, share);
        }
        add(
                "<path d=\"M%d %d L%d %d\" stroke=\"#888888\" stroke-dasharray=\"4 4\"/>",
                left, TOP + SIDE, left + SIDE, TOP);
        int middle = left + SIDE / 2;
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">predicted recall</text>", middle, HEIGHT - 20);
        add(
                "<text transform=\"translate(%d %d) rotate(-90)\" text-anchor=\"middle\">actual recall</text>",
                left - 48, TOP + SIDE / 2);
    }

    private void curve(Panel panel, Score score, String colour) {
        List<Score.Bin> bins = score.calibration().stream().filter(panel::holds).toList();
        StringBuilder points = new StringBuilder();
        for (Score.Bin bin : bins) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", panel.x(bin.predicted()), panel.y(bin.actual())));
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>",
                points.toString().strip(), colour);
        for (Score.Bin bin : bins) {
            add(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s: %.3f predicted, %.3f actual, %,d"
                            + " attempts</title></circle>",
                    panel.x(bin.predicted()),
                    panel.y(bin.actual()),
                    colour,
                    score.model(),
                    bin.predicted(),
                    bin.actual(),
                    bin.attempts());
        }
    }

    private void legend(Score score, String colour, int place) {
        int left = WIDTH - LEGEND + 24;
        int top = TOP + 12 + place * LEGEND_LINE;
        add("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>", left, top, colour);
        add("<text x=\"%d\" y=\"%d\">%s</text>", left + 12, top + 4, score.model());
        add("<text x=\"%d\" y=\"%d\" fill=\"#555555\">log loss %.4f</text>", left + 12, top + 20, score.logLoss());
    }

    private void add(String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
