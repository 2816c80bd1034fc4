package io.turnwise.http;

import akka.http.javadsl.model.HttpEntity;
import akka.util.ByteString;
import java.util.concurrent.CompletionStage;

/**
 * A body as it is read: kept while it is as large as a body may be, and only counted beyond.
 *
 * <p>Who sends one that is too large mostly listens when he has sent it, so it is taken to its end, and the connection goes on; only
 * one that is far too large is answered at once.
 */
final class BoundedBody {

    private final long bytesMax;
    private ByteString kept = ByteString.emptyByteString();
    private long size;

    private BoundedBody(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Fails when the body is too large, comes too slowly or breaks off. */
    static CompletionStage<ByteString> read(HttpEntity entity, Exchange.Server server) {
        if (entity.getContentLengthOption().orElse(0) > server.drainedBytesMax()) {
            throw new ProblemException(HttpRejection.BODY_TOO_LARGE);
        }
        return entity.withSizeLimit(server.drainedBytesMax())
                .getDataBytes()
                .completionTimeout(server.bodyTimeout())
                .runFold(new BoundedBody(server.bodyBytesMax()), BoundedBody::plus, server.materializer())
                .thenApply(BoundedBody::bytes);
    }

    private BoundedBody plus(ByteString more) {
        size += more.size();
        kept = size > bytesMax ? ByteString.emptyByteString() : kept.concat(more);
        return this;
    }

    private ByteString bytes() {
        if (size > bytesMax) {
            throw new ProblemException(HttpRejection.BODY_TOO_LARGE);
        }
        return kept;
    }
}
