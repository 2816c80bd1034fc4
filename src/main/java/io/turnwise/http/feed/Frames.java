package io.turnwise.http.feed;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** WebSocket frames as a server writes them (RFC 6455, section 5): whole and unmasked. */
final class Frames {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int UNACCEPTABLE = 1003;
    static final int NO_STATUS = 1005;
    static final int NOT_TEXT = 1007;
    static final int POLICY = 1008;
    static final int TOO_BIG = 1009;
    static final int FAULT = 1011;
    static final int TRY_AGAIN = 1013;

    /** A control frame's payload. */
    static final int CONTROL_BYTES_MAX = 125;

    private static final int SHORT_BYTES_MAX = 0xFFFF;
    private static final int FINAL = 0x80;

    private Frames() {}

    static ByteString text(byte[] payload) {
        return frame(TEXT, payload);
    }

    static ByteString ping() {
        return frame(PING, new byte[0]);
    }

    static ByteString pong(byte[] payload) {
        return frame(PONG, payload);
    }

    static ByteString close(int code, String reason) {
        if (code == NO_STATUS) {
            return frame(CLOSE, new byte[0]);
        }
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + Math.min(words.length, CONTROL_BYTES_MAX - 2)];
        payload[0] = (byte) (code >>> 8);
        payload[1] = (byte) code;
        System.arraycopy(words, 0, payload, 2, payload.length - 2);
        return frame(CLOSE, payload);
    }

    private static ByteString frame(int opcode, byte[] payload) {
        int length = payload.length;
        byte[] head;
        if (length <= CONTROL_BYTES_MAX) {
            head = new byte[] {(byte) (FINAL | opcode), (byte) length};
        } else if (length <= SHORT_BYTES_MAX) {
            head = new byte[] {(byte) (FINAL | opcode), 126, (byte) (length >>> 8), (byte) length};
        } else {
            head = new byte[] {
                (byte) (FINAL | opcode),
                127,
                0,
                0,
                0,
                0,
                (byte) (length >>> 24),
                (byte) (length >>> 16),
                (byte) (length >>> 8),
                (byte) length
            };
        }
        byte[] frame = Arrays.copyOf(head, head.length + length);
        System.arraycopy(payload, 0, frame, head.length, length);
        return ByteString.fromArrayUnsafe(frame);
    }
}
