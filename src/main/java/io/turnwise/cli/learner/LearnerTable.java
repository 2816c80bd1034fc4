package io.turnwise.cli.learner;

import io.turnwise.cli.learner.LearnerReplay.Report;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What a replay of learners came to, as a table for people. */
final class LearnerTable {

    private static final int LEARNERS_SHOWN_MAX = 10;

    private final StringBuilder table = new StringBuilder();

    private LearnerTable() {}

    static String of(List<Report> reports, Duration elapsed) {
        LearnerTable learners = new LearnerTable();
        learners.line("learners", reports.size());
        learners.line("answers sent", sum(reports, Report::sent));
        learners.line("  credited to a decision", sum(reports, Report::credited));
        learners.line("  answered by a fallback", sum(reports, Report::degraded));
        Map<String, Integer> refused = new TreeMap<>();
        for (Report report : reports) {
            report.refused().forEach((code, count) -> refused.merge(code, count, Integer::sum));
        }
        refused.forEach((code, count) -> learners.line("  refused: " + code, count));
        learners.line("updates of models", sum(reports, Report::updateCount));
        double seconds = Math.max(elapsed.toNanos() / 1e9, 1e-9);
        learners.line("answers a second", Math.round(sum(reports, Report::sent) / seconds));
        learners.say("");
        reports.stream()
                .limit(LEARNERS_SHOWN_MAX)
                .forEach(report -> learners.say("  %s: %,d answers", report.member(), report.sent()));
        if (reports.size() > LEARNERS_SHOWN_MAX) {
            learners.say("  and %,d more learners", reports.size() - LEARNERS_SHOWN_MAX);
        }
        for (Report report : reports) {
            if (report.fault() != null) {
                learners.say("  WRONG %s: %s", report.member(), report.fault());
            }
        }
        return learners.table.toString();
    }

    private static long sum(List<Report> reports, ToLongFunction<Report> count) {
        return reports.stream().mapToLong(count).sum();
    }

    private void line(String label, long count) {
        say("  %-36s %,10d", label, count);
    }

    private void say(String form, Object... values) {
        table.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}
