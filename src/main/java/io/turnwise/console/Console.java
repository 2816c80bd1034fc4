package io.turnwise.console;

import io.turnwise.http.Endpoint;
import io.turnwise.http.StaticFiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page at {@code /} on which sessions are watched and bid in, and learners watched. */
public final class Console {

    private static final List<String> FILES = List.of(
            "account.js",
            "admin.js",
            "api.js",
            "app.css",
            "app.js",
            "bid.js",
            "board.js",
            "chart.js",
            "clock.js",
            "decisions.js",
            "dom.js",
            "favicon.svg",
            "feed.js",
            "form.js",
            "layout.js",
            "learner.css",
            "learner.js",
            "list.js",
            "model.js",
            "operator.js",
            "orders.js",
            "rules.js",
            "session.js",
            "state.js",
            "words.js");

    private Console() {}

    public static List<Endpoint> endpoints() {
        Map<String, String> paths = new TreeMap<>(Map.of("index.html", "/"));
        FILES.forEach(file -> paths.put(file, "/" + file));
        return StaticFiles.endpoints("/console", paths);
    }
}
