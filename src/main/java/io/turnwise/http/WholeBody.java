package io.turnwise.http;

import akka.http.javadsl.model.HttpEntity;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.io.EOFException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of a body, and a failure where they end too soon.
 *
 * <p>When the answer begins before the body has ended, the server lets a body that breaks off end like one that is whole.
 */
final class WholeBody {

    private static final long LAST_CHUNK = 1;

    private WholeBody() {}

    static Source<ByteString, ?> of(HttpEntity entity) {
        AtomicLong missing = new AtomicLong();
        if (entity instanceof HttpEntity.Chunked chunked) {
            missing.set(LAST_CHUNK);
            return endingWhole(
                    chunked.getChunks().map(part -> {
                        if (part.isLastChunk()) {
                            missing.set(0);
                        }
                        return part.data();
                    }),
                    missing);
        }
        entity.getContentLengthOption().ifPresent(missing::set);
        return endingWhole(
                entity.getDataBytes().map(bytes -> {
                    missing.addAndGet(-bytes.size());
                    return bytes;
                }),
                missing);
    }

    private static Source<ByteString, ?> endingWhole(Source<ByteString, ?> bytes, AtomicLong missing) {
        return bytes.concatLazy(Source.lazySource(() -> missing.get() == 0
                ? Source.<ByteString>empty()
                : Source.<ByteString>failed(new EOFException("The body breaks off"))));
    }
}
