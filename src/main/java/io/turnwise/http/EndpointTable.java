package io.turnwise.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint for a path: a literal before a parameter, wherever it leads to something. */
final class EndpointTable {

    /** A path that leads somewhere: what can be done there, by method, and what its parameters are. */
    record Place(Map<HttpMethod, Endpoint> methods, Map<String, String> parameters) {

        /** A HEAD is a GET of which the body is not sent. */
        @Nullable
        Endpoint endpoint(HttpMethod method) {
            return methods.get(method.equals(HttpMethods.HEAD) ? HttpMethods.GET : method);
        }

        /** The methods as a header has them. */
        String allowed() {
            Stream<String> own = methods.keySet().stream().map(HttpMethod::value);
            Stream<String> besides =
                    methods.containsKey(HttpMethods.GET) ? Stream.of("HEAD", "OPTIONS") : Stream.of("OPTIONS");
            return Stream.concat(own, besides).sorted().collect(Collectors.joining(", "));
        }
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<HttpMethod, Endpoint> methods = new HashMap<>();
        private @Nullable Node parameter;
        private String parameterName = "";
    }

    private final Node root = new Node();

    EndpointTable(List<Endpoint> endpoints) {
        endpoints.forEach(this::add);
    }

    private void add(Endpoint endpoint) {
        Node node = root;
        for (String segment : segments(endpoint.path())) {
            if (segment.startsWith("{")) {
                if (node.parameter == null) {
                    node.parameter = new Node();
                    node.parameterName = segment.substring(1, segment.length() - 1);
                }
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, name -> new Node());
            }
        }
        if (node.methods.put(endpoint.method(), endpoint) != null) {
            throw new IllegalArgumentException(endpoint.method() + " " + endpoint.path() + " stands twice");
        }
    }

    Optional<Place> find(String path) {
        return Optional.ofNullable(find(root, segments(path), 0, Map.of()));
    }

    /** A literal that does not lead on may be what stands for a parameter: {@code /words/due/forgetting} is of the word "due". */
    private static @Nullable Place find(Node node, List<String> segments, int index, Map<String, String> parameters) {
        if (index == segments.size()) {
            return node.methods.isEmpty() ? null : new Place(node.methods, parameters);
        }
        String segment = segments.get(index);
        Node literal = node.literals.get(segment);
        Place place = literal == null ? null : find(literal, segments, index + 1, parameters);
        if (place != null || node.parameter == null || segment.isEmpty()) {
            return place;
        }
        Map<String, String> known = new HashMap<>(parameters);
        known.put(node.parameterName, segment);
        return find(node.parameter, segments, index + 1, known);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(6);
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            segments.add(path.substring(from, to));
            from = to + 1;
        }
        return segments;
    }
}
