package io.turnwise.learner.simulation;

import java.util.List;
import java.util.Locale;

/** Draws how far policies fall behind the oracle, as SVG: a panel for each world, a band for each interval. */
public final class RegretPlot {

    private static final int SIDE = 360;
    private static final int GAP = 72;
    private static final int TOP = 64;
    private static final int LEGEND = 170;
    private static final int HEIGHT = TOP + SIDE + 64;
    private static final int LEGEND_LINE = 24;
    private static final int GRID = 4;

    /** How a policy is drawn. */
    private record Pen(String policy, String colour) {

        String width() {
            return policy.equals(Policy.ENGINE) ? "3" : "1.5";
        }
    }

    /** Told apart by the colour-blind as well (Okabe and Ito); the oracle is the axis. */
    private static final List<Pen> PENS = List.of(
            new Pen(Policy.ENGINE, "#000000"),
            new Pen("linucb", "#0072b2"),
            new Pen("thompson", "#d55e00"),
            new Pen("actr", "#009e73"),
            new Pen("heuristic", "#cc79a7"),
            new Pen(Findings.MEMBERS, "#56b4e9"),
            new Pen(Policy.FIXED, "#e69f00"),
            new Pen(Policy.RANDOM, "#999999"));

    /** A world's place, with the regret that is at its top. */
    private record Panel(int left, double most, int points) {

        double x(int point) {
            return left + (point + 1.0) / points * SIDE;
        }

        double y(double regret) {
            return TOP + (1 - Math.max(0, regret) / most) * SIDE;
        }
    }

    private final StringBuilder svg = new StringBuilder();
    private final Simulation simulation;

    private RegretPlot(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The plot of a simulation, as a document of its own. */
    public static String of(Simulation simulation) {
        RegretPlot plot = new RegretPlot(simulation);
        plot.open();
        for (int place = 0; place < simulation.worlds().size(); place++) {
            plot.world(simulation.worlds().get(place), GAP + place * (SIDE + GAP));
        }
        plot.legend();
        return plot.svg.append("</svg>\n").toString();
    }

    private void open() {
        Simulation.Plan plan = simulation.plan();
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                width(), HEIGHT, width(), HEIGHT);
        add("<title>Regret of policies</title>");
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width(), HEIGHT);
        add(
                "<text x=\"%d\" y=\"26\" font-size=\"15\">Rewards behind the oracle, summed up: mean of %,d users with"
                        + " its 95%% interval</text>",
                GAP, plan.seeds());
    }

    private int width() {
        return GAP + simulation.worlds().size() * (SIDE + GAP) + LEGEND;
    }

    private void world(Findings world, int left) {
        double most = PENS.stream()
                .flatMap(pen -> world.standing(pen.policy()).regret().stream())
                .mapToDouble(Estimate::high)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Panel panel = new Panel(left, Math.max(most, 1), Simulation.POINTS);
        axes(panel);
        add("<text x=\"%d\" y=\"%d\" font-size=\"14\">%s</text>", left, TOP - 12, world.world());
        PENS.forEach(pen -> band(panel, world.standing(pen.policy()), pen));
        PENS.forEach(pen -> line(panel, world.standing(pen.policy()), pen));
    }

    private void axes(Panel panel) {
        int left = panel.left();
        for (int line = 0; line <= GRID; line++) {
            double part = (double) line / GRID;
            double x = left + part * SIDE;
            double y = TOP + (1 - part) * SIDE;
            add("<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"#dddddd\"/>", x, TOP, TOP + SIDE, left, y, left + SIDE);
            double decisions = part * simulation.plan().decisions();
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>", x, TOP + SIDE + 18, decisions);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>", left - 6, y + 4, part * panel.most());
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">decisions</text>", left + SIDE / 2, TOP + SIDE + 40);
    }

    private void band(Panel panel, Standing standing, Pen pen) {
        StringBuilder points = new StringBuilder();
        List<Estimate> regret = standing.regret();
        for (int i = 0; i < regret.size(); i++) {
            points.append(point(panel, i, regret.get(i).high()));
        }
        for (int i = regret.size() - 1; i >= 0; i--) {
            points.append(point(panel, i, regret.get(i).low()));
        }
        add(
                "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"0.15\"/>",
                points.toString().strip(), pen.colour());
    }

    private void line(Panel panel, Standing standing, Pen pen) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < standing.regret().size(); i++) {
            points.append(point(panel, i, standing.regret().get(i).mean()));
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>",
                points.toString().strip(), pen.colour(), pen.width());
    }

    private static String point(Panel panel, int point, double regret) {
        double shown = Double.isFinite(regret) ? Math.min(regret, panel.most()) : 0;
        return String.format(Locale.ROOT, "%.1f,%.1f ", panel.x(point), panel.y(shown));
    }

    private void legend() {
        int left = width() - LEGEND;
        for (int place = 0; place < PENS.size(); place++) {
            Pen pen = PENS.get(place);
            int y = TOP + 12 + place * LEGEND_LINE;
            add("<path d=\"M%d %d h24\" stroke=\"%s\" stroke-width=\"%s\"/>", left, y, pen.colour(), pen.width());
            add("<text x=\"%d\" y=\"%d\">%s</text>", left + 32, y + 4, pen.policy());
        }
    }

    private void add(String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
