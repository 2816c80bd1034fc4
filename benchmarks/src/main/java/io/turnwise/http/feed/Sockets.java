package io.turnwise.http.feed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Many WebSockets that read one session, on one thread, with as little work for each message as is needed to see how old it is.
 *
 * <p>The lag of a state is the time between its {@code at}, which the node writes when it publishes, and its arrival here.
 */
final class Sockets implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int CONNECTING_MAX = 100;
    private static final byte[] AT = "\"at\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQUENCE = "\"sequence\":".getBytes(StandardCharsets.US_ASCII);

    /** One socket and what it has had. */
    private static final class Client {
        private final SocketChannel channel;
        private byte[] rest = {};
        private boolean open;
        private volatile long sequence = -1;
        private volatile long states;

        private Client(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final InetSocketAddress address;
    private final String request;
    private final int wanted;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Thread thread = new Thread(this::run, "sockets");
    private volatile ConcurrentHistogram lagMillis = new ConcurrentHistogram(600_000, 3);
    private volatile boolean running = true;
    private int connecting;

    Sockets(InetSocketAddress address, String session, int wanted) throws IOException {
        this.address = address;
        this.wanted = wanted;
        this.request = "GET /ws/" + session + " HTTP/1.1\r\nHost: " + address.getHostString()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n\r\n";
        thread.setDaemon(true);
        thread.start();
    }

    int open() {
        return open.get();
    }

    int lost() {
        return lost.get();
    }

    /** States that all sockets have had. */
    long states() {
        synchronized (clients) {
            return clients.stream().mapToLong(client -> client.states).sum();
        }
    }

    /** How many have a state of at least this version. */
    long current(long version) {
        synchronized (clients) {
            return clients.stream().filter(client -> client.sequence >= version).count();
        }
    }

    /** The lags since the last call. */
    ConcurrentHistogram takeLags() {
        ConcurrentHistogram taken = lagMillis;
        lagMillis = new ConcurrentHistogram(600_000, 3);
        return taken;
    }

    private void run() {
        try {
            while (running) {
                while (connecting < CONNECTING_MAX && clients.size() < wanted) {
                    connect();
                }
                selector.select(this::ready, 100);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Client client = new Client(channel);
        synchronized (clients) {
            clients.add(client);
        }
        connecting++;
        channel.register(selector, SelectionKey.OP_CONNECT, client);
        channel.connect(address);
    }

    private void ready(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (key.isConnectable()) {
                client.channel.finishConnect();
                client.channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                buffer.clear();
                if (client.channel.read(buffer) < 0) {
                    throw new IOException("closed by the node");
                }
                buffer.flip();
                byte[] bytes = new byte[client.rest.length + buffer.remaining()];
                System.arraycopy(client.rest, 0, bytes, 0, client.rest.length);
                buffer.get(bytes, client.rest.length, buffer.remaining());
                client.rest = read(client, bytes);
            }
        } catch (IOException | RuntimeException e) {
            lost.incrementAndGet();
            key.cancel();
            if (lost.get() < 5) {
                System.out.println("lost a socket: " + e);
            }
        }
    }

    /** Takes all whole frames and gives back what is left. */
    private byte[] read(Client client, byte[] bytes) throws IOException {
        int at = 0;
        if (!client.open) {
            int end = indexOf(bytes, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0, bytes.length);
            if (end < 0) {
                return bytes;
            }
            if (!new String(bytes, 0, 12, StandardCharsets.US_ASCII).equals("HTTP/1.1 101")) {
                throw new IOException(new String(bytes, 0, Math.min(200, bytes.length), StandardCharsets.UTF_8));
            }
            client.open = true;
            open.incrementAndGet();
            connecting--;
            at = end + 4;
        }
        while (bytes.length - at >= 2) {
            int length = bytes[at + 1];
            int head = 2;
            if (length == 126) {
                if (bytes.length - at < 4) {
                    break;
                }
                length = (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
                head = 4;
            }
            if (bytes.length - at < head + length) {
                break;
            }
            frame(client, bytes[at] & 0x0F, bytes, at + head, at + head + length);
            at += head + length;
        }
        return at == bytes.length ? new byte[0] : java.util.Arrays.copyOfRange(bytes, at, bytes.length);
    }

    private void frame(Client client, int opcode, byte[] bytes, int from, int to) throws IOException {
        if (opcode == Frames.PING) {
            client.channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0}));
        } else if (opcode == Frames.TEXT) {
            client.sequence = number(bytes, indexOf(bytes, SEQUENCE, from, to) + SEQUENCE.length);
            client.states++;
            int begin = lastIndexOf(bytes, AT, from, to) + AT.length;
            int end = begin;
            while (bytes[end] != '"') {
                end++;
            }
            Instant at = Instant.parse(new String(bytes, begin, end - begin, StandardCharsets.US_ASCII));
            lagMillis.recordValue(Math.max(0, System.currentTimeMillis() - at.toEpochMilli()));
        } else {
            throw new IOException("closed with " + ((bytes[from] & 0xFF) << 8 | bytes[from + 1] & 0xFF));
        }
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from, int to) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted, int from, int to) {
        for (int i = to - wanted.length; i >= from; i--) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        running = false;
        selector.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }
}
