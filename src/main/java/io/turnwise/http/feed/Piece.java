package io.turnwise.http.feed;

import akka.util.ByteString;
import io.turnwise.http.Viewer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One message, written when the first reader takes it and then shared by all: once for each kind of viewer and form.
 *
 * <p>Two readers may write it at the same time; then one of the two equal results is kept.
 */
final class Piece {

    private final long id;
    private final boolean isNotice;
    private final Function<Viewer, byte[]> json;
    private final @Nullable ByteString[] written = new @Nullable ByteString[4];

    Piece(long id, boolean isNotice, Function<Viewer, byte[]> json) {
        this.id = id;
        this.isNotice = isNotice;
        this.json = json;
    }

    /** The version of the state, or of the event that is told of. */
    long id() {
        return id;
    }

    boolean isNotice() {
        return isNotice;
    }

    ByteString as(Form form, Viewer viewer) {
        int slot = (viewer == Viewer.ADMIN ? 2 : 0) + (form == Form.SOCKET ? 1 : 0);
        ByteString bytes = written[slot];
        if (bytes == null) {
            byte[] text = json.apply(viewer);
            bytes = text.length == 0 ? ByteString.emptyByteString() : form.message(text, id, isNotice);
            written[slot] = bytes;
        }
        return bytes;
    }
}
