package io.turnwise.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * Bids a second over one connection: {@code POST /api/bids}, one thread that sends and one that reads the answers.
 *
 * <p>Arguments: data folder of the node (for its secret), its URL, lines of one round, rounds, warm-up rounds,
 * {@code keys} or {@code plain} (whether every bid has an idempotency key).
 */
public final class BulkClient {

    private static final int BIDDERS = 1_000;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final byte[] ACCEPTED = "{\"status\":\"accepted\",".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI url;
    private final String broker;
    private final String admin;
    private final boolean hasKeys;
    private final SplittableRandom random = new SplittableRandom(1);
    private long sent;

    private BulkClient(URI url, Tokens tokens, boolean hasKeys) {
        this.url = url;
        this.hasKeys = hasKeys;
        this.broker = tokens.sign(new Principal("bench-broker", "Broker", 100, Role.BROKER, "default", 0));
        this.admin = tokens.sign(new Principal("bench-admin", "Admin", 100, Role.ADMIN, "default", 0));
    }

    public static void main(String[] args) throws Exception {
        String secret = Files.readString(Path.of(args[0], "secrets", "jwt")).strip();
        Tokens tokens = new Tokens(secret, ConfigFactory.load(), InstantSource.system());
        BulkClient client = new BulkClient(URI.create(args[1]), tokens, args[5].equals("keys"));
        client.run(Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    }

    private void run(int lines, int rounds, int warmUps) throws Exception {
        String session = newSession();
        System.out.printf("%-8s %12s %10s %12s%n", "round", "bids/s", "seconds", "not accepted");
        for (int round = 1 - warmUps; round <= rounds; round++) {
            long startNanos = System.nanoTime();
            long accepted = round(session, lines);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            String name = round < 1 ? "warm-up" : String.valueOf(round);
            System.out.printf("%-8s %,12.0f %10.2f %12d%n", name, accepted / seconds, seconds, lines - accepted);
        }
        long counted = get("/api/sessions/" + session).path("bid_count").asLong();
        System.out.printf("sent %,d, bid_count %,d%n", sent, counted);
        if (counted != sent) {
            throw new IllegalStateException("the session counted other bids than were sent");
        }
    }

    /** The number of accepted bids. */
    private long round(String session, int lines) throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/bids HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAuthorization: Bearer " + broker
                            + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Thread sender = new Thread(() -> send(out, session, lines), "sender");
            sender.start();
            long accepted = readAnswers(new BufferedInputStream(socket.getInputStream(), CHUNK_BYTES));
            sender.join();
            sent += lines;
            return accepted;
        }
    }

    private void send(OutputStream out, String session, int lines) {
        StringBuilder chunk = new StringBuilder(CHUNK_BYTES + 256);
        try {
            for (int line = 0; line < lines; line++) {
                int cents = 100 + random.nextInt(10_000_000);
                chunk.append("{\"session_id\":\"").append(session).append("\",\"price\":").append(cents / 100).append('.')
                        .append((char) ('0' + cents / 10 % 10)).append((char) ('0' + cents % 10))
                        .append(",\"user_id\":\"member-").append(100_000_000 + random.nextInt(BIDDERS)).append('"');
                if (hasKeys) {
                    chunk.append(",\"key\":\"bench-").append(sent + line).append('"');
                }
                chunk.append("}\n");
                if (chunk.length() >= CHUNK_BYTES || line == lines - 1) {
                    String head = Integer.toHexString(chunk.length()) + "\r\n";
                    out.write(chunk.insert(0, head).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
                    chunk.setLength(0);
                }
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            System.err.println("The sender stopped: " + e);
        }
    }

    /** Counts the lines that begin as an accepted one does. */
    private static long readAnswers(InputStream in) throws IOException {
        String status = readLine(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(status);
        }
        while (!readLine(in).isEmpty()) {
            // the other headers
        }
        byte[] chunk = new byte[0];
        long accepted = 0;
        int matched = 0; // of the beginning of the line; -1 once it differs
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            chunk = chunk.length < size ? new byte[2 * size] : chunk;
            in.readNBytes(chunk, 0, size);
            for (int i = 0; i < size; i++) {
                if (chunk[i] == '\n') {
                    matched = 0;
                } else if (matched >= 0 && matched < ACCEPTED.length) {
                    matched = chunk[i] == ACCEPTED[matched] ? matched + 1 : -1;
                    accepted += matched == ACCEPTED.length ? 1 : 0;
                }
            }
            readLine(in);
        }
        return accepted;
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(readLine(in), 16);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The answer ends early: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private String newSession() throws Exception {
        String terms = "{\"title\":\"bulk\",\"upset_price\":0.01,\"inventory\":10,\"alpha\":1,\"beta\":100,\"gamma\":1,"
                + "\"duration_seconds\":36000}";
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/admin/sessions"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(terms))
                .build();
        return json.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .path("session_id")
                .asText();
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
        return json.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
