package io.turnwise.http.feed;

import akka.util.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the WebSocket frames of one client (RFC 6455, section 5): text messages put together, control frames as they come. */
final class FrameReader {

    /**
     * A whole text message, or a control frame.
     *
     * @param opcode one of {@link Frames}
     */
    record Frame(int opcode, ByteString payload) {}

    /** Why the socket must be closed. */
    static final class Fault extends Exception {
        private final int code;

        Fault(int code, String reason) {
            super(reason, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private static final byte[] NOTHING = {};
    private static final int MASK_BYTES = 4;

    private final int messageBytesMax;
    /** What has come and is not read yet, from {@code at} on. */
    private byte[] bytes = NOTHING;

    private int at;
    private byte @Nullable [] begun;

    FrameReader(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    void add(byte[] more) {
        int left = bytes.length - at;
        if (left == 0) {
            bytes = more;
        } else {
            byte[] all = Arrays.copyOfRange(bytes, at, bytes.length + more.length);
            System.arraycopy(more, 0, all, left, more.length);
            bytes = all;
        }
        at = 0;
    }

    /**
     * The next message or control frame; null when more bytes must come first.
     *
     * @throws Fault when what has come is none, or is not taken here
     */
    @Nullable
    Frame next() throws Fault {
        while (true) {
            Frame frame = nextFrame();
            if (frame == null || frame.opcode() != Frames.CONTINUATION) {
                return frame;
            }
        }
    }

    /** A continuation when a part has been taken in and the message goes on. */
    private @Nullable Frame nextFrame() throws Fault {
        int available = bytes.length - at;
        if (available < 2) {
            return null;
        }
        boolean isFinal = (bytes[at] & 0x80) != 0;
        int opcode = bytes[at] & 0x0F;
        check(opcode, isFinal);
        int shortLength = bytes[at + 1] & 0x7F;
        int lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8;
        if (opcode >= Frames.CLOSE && lengthBytes > 0) {
            throw new Fault(Frames.PROTOCOL_ERROR, "A control frame is too long.");
        }
        if (available < 2 + lengthBytes) {
            return null;
        }
        long length = lengthBytes == 0 ? shortLength : number(at + 2, lengthBytes);
        long taken = begun == null ? 0 : begun.length;
        if (length < 0 || (opcode < Frames.CLOSE && length > messageBytesMax - taken)) {
            throw new Fault(Frames.TOO_BIG, "A message has at most " + messageBytesMax + " bytes.");
        }
        int head = 2 + lengthBytes + MASK_BYTES;
        if (available < head + length) {
            return null;
        }
        byte[] payload = unmasked(at + head, (int) length);
        at += head + (int) length;
        if (at == bytes.length) {
            bytes = NOTHING;
            at = 0;
        }
        return opcode >= Frames.CLOSE
                ? new Frame(opcode, ByteString.fromArrayUnsafe(payload))
                : message(payload, isFinal);
    }

    private void check(int opcode, boolean isFinal) throws Fault {
        if ((bytes[at] & 0x70) != 0 || (bytes[at + 1] & 0x80) == 0) {
            throw new Fault(Frames.PROTOCOL_ERROR, "A frame has reserved bits or no mask.");
        }
        if (opcode == Frames.BINARY) {
            throw new Fault(Frames.UNACCEPTABLE, "Messages are text.");
        }
        boolean isControl = opcode == Frames.CLOSE || opcode == Frames.PING || opcode == Frames.PONG;
        boolean isData = opcode == Frames.TEXT ? begun == null : opcode == Frames.CONTINUATION && begun != null;
        if (isControl ? !isFinal : !isData) {
            throw new Fault(Frames.PROTOCOL_ERROR, "A frame has no place here.");
        }
    }

    private long number(int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = (number << 8) | (bytes[i] & 0xFF);
        }
        return number;
    }

    private byte[] unmasked(int from, int length) {
        byte[] payload = Arrays.copyOfRange(bytes, from, from + length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= bytes[from - MASK_BYTES + (i & 3)];
        }
        return payload;
    }

    private Frame message(byte[] part, boolean isFinal) throws Fault {
        byte[] message = part;
        if (begun != null) {
            message = Arrays.copyOf(begun, begun.length + part.length);
            System.arraycopy(part, 0, message, begun.length, part.length);
        }
        begun = isFinal ? null : message;
        if (!isFinal) {
            return new Frame(Frames.CONTINUATION, ByteString.emptyByteString());
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
        } catch (CharacterCodingException e) {
            throw new Fault(Frames.NOT_TEXT, "A message is not UTF-8.");
        }
        return new Frame(Frames.TEXT, ByteString.fromArrayUnsafe(message));
    }
}
