package io.turnwise.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * Calls the API of one node, waiting for each answer.
 *
 * <p>A call that was not answered, or put off, is repeated; under its Idempotency-Key it has one effect nevertheless.
 */
public final class NodeClient implements AutoCloseable {

    /** What came back; the body is a missing node where it was not JSON. */
    public record Answer(int status, JsonNode body) {

        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The code of a refusal. */
        public String code() {
            return body.path("code").asText("http-" + status);
        }

        @Override
        public String toString() {
            return status + " " + code() + ": " + body.path("detail").asText("no problem document");
        }
    }

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int ATTEMPTS_MAX = 16;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long PAUSE_MILLIS_MAX = 5_000;
    private static final long RETRY_AFTER_SECONDS_MAX = 30;
    private static final int READING_THREADS = 2;

    private final String url;
    private final ExecutorService reading = Executors.newFixedThreadPool(READING_THREADS, task -> {
        Thread thread = new Thread(task, "client-reading");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(reading)
            .build();
    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private volatile boolean isGivenUp;

    /** Calls what is below {@code url}. */
    public NodeClient(URI url) {
        this.url = url.toString().replaceFirst("/+$", "");
    }

    /** Requests sent, repeated ones included. */
    public long requestCount() {
        return requests.sum();
    }

    public long retryCount() {
        return retries.sum();
    }

    /** Gets without patience, to see whether the node is there. */
    public Answer tryGet(String path, String token) {
        return send(to(path, token).GET().build(), 1);
    }

    public Answer get(String path, String token) {
        return send(to(path, token).GET().build(), ATTEMPTS_MAX);
    }

    public Answer post(String path, String token, String idempotencyKey, Object body) {
        try {
            byte[] json = JSON.writeValueAsBytes(body);
            HttpRequest.Builder request = to(path, token).header("Content-Type", "application/json");
            return post(request, idempotencyKey, HttpRequest.BodyPublishers.ofByteArray(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + body, e);
        }
    }

    /** Posts nothing but the path. */
    public Answer post(String path, String token, String idempotencyKey) {
        return post(to(path, token), idempotencyKey, HttpRequest.BodyPublishers.noBody());
    }

    private Answer post(HttpRequest.Builder request, String idempotencyKey, HttpRequest.BodyPublisher body) {
        return send(request.header("Idempotency-Key", idempotencyKey).POST(body).build(), ATTEMPTS_MAX);
    }

    private HttpRequest.Builder to(String path, String token) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER_TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest request, int attemptsMax) {
        try {
            for (int attempt = 1; ; attempt++) {
                boolean isLast = attempt == attemptsMax || isGivenUp;
                long pauseMillis = Math.min(PAUSE_MILLIS_MAX, FIRST_PAUSE_MILLIS << (attempt - 1));
                try {
                    requests.increment();
                    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                    if (isLast || !isPutOff(response.statusCode())) {
                        return new Answer(response.statusCode(), json(response.body()));
                    }
                    pauseMillis = retryAfterMillis(response).orElse(pauseMillis);
                } catch (IOException e) {
                    if (isLast) {
                        isGivenUp = true; // the other auctions need not find out for themselves
                        throw new ClientFailure("No answer from " + request.uri() + ": " + e, e);
                    }
                }
                retries.increment();
                Thread.sleep(pauseMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientFailure("Interrupted", e);
        }
    }

    /**
     * Finds out whether the node is there and knows our tokens.
     *
     * @throws ClientFailure if not, saying what to do
     */
    public void enter(NodeTokens tokens) {
        Answer answer = tryGet("/api/admin/stats", tokens.admin());
        if (answer.status() == 401) {
            throw new ClientFailure("The node at " + url + " has another secret. Set TURNWISE_DATA_DIR or"
                    + " TURNWISE_JWT_SECRET as that node has them.");
        }
        if (!answer.isSuccess()) {
            throw new ClientFailure("The node at " + url + " answers " + answer);
        }
    }

    private static boolean isPutOff(int status) {
        return status == 429 || (502 <= status && status <= 504);
    }

    private static OptionalLong retryAfterMillis(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(SECONDS.asMatchPredicate())
                .map(seconds -> OptionalLong.of(Math.min(RETRY_AFTER_SECONDS_MAX, Long.parseLong(seconds)) * 1000))
                .orElse(OptionalLong.empty());
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        reading.shutdownNow();
    }
}
