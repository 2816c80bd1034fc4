package io.turnwise.http.feed;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;

/** How a message goes over the wire. */
enum Form {
    EVENT_STREAM {
        /** Browsers keep the id of the last event that had one, and send it when they come again. */
        @Override
        ByteString message(byte[] json, long id, boolean isNotice) {
            String head = isNotice ? "id: " + id + "\ndata: " : "data: ";
            return bytes(head)
                    .concat(ByteString.fromArrayUnsafe(json))
                    .concat(END)
                    .compact();
        }

        /** An event without data is not shown to anybody, but its id is kept. */
        @Override
        ByteString beginning(long id) {
            return bytes("id: " + id + "\n\n");
        }
    },
    SOCKET {
        @Override
        ByteString message(byte[] json, long id, boolean isNotice) {
            return Frames.text(json);
        }

        @Override
        ByteString beginning(long id) {
            return ByteString.emptyByteString();
        }
    };

    private static final ByteString END = bytes("\n\n");

    /**
     * One message.
     *
     * @param id the version it belongs to
     * @param isNotice whether a reader resumes after it
     */
    abstract ByteString message(byte[] json, long id, boolean isNotice);

    /** What comes before all messages: everything up to version {@code id} is known to the reader, or not wanted. */
    abstract ByteString beginning(long id);

    private static ByteString bytes(String text) {
        return ByteString.fromArrayUnsafe(text.getBytes(StandardCharsets.UTF_8));
    }
}
