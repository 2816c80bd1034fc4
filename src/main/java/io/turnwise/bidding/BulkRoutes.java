package io.turnwise.bidding;

import akka.Done;
import akka.NotUsed;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.MediaTypes;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.Config;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.LineBatches;
import io.turnwise.http.ProblemException;
import io.turnwise.turn.Mailboxes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Bids as lines of one long body, answered line by line while it is read.
 *
 * <p>One batch of lines is asked at a time. What comes meanwhile waits where it is: here up to a batch, then in the network, so
 * that a client is as fast as its sessions and its own reading of the answers let it be.
 */
final class BulkRoutes {

    private static final ContentType LINES = MediaTypes.applicationWithFixedCharset("x-ndjson", HttpCharsets.UTF_8)
            .toContentType();
    private static final Set<String> SUBTYPES = Set.of("x-ndjson", "jsonl", "json", "octet-stream");
    private static final String DISPATCHER = "akka.actor.default-dispatcher";
    private static final int BATCHES_TO_WRITE = 2;

    private final ActorSystem<?> system;
    private final BiddingSessions sessions;
    private final InstantSource clock;
    private final LineBatches.Bounds bounds;
    private final BulkBids.Patience patience;
    private final Duration stopWait;
    private final Map<BulkBids, CompletableFuture<Done>> answering = new ConcurrentHashMap<>();
    private final SharedKillSwitch open = KillSwitches.shared("bids-in-bulk");

    BulkRoutes(ActorSystem<?> system, BiddingSessions sessions, InstantSource clock) {
        Config bulk = system.settings().config().getConfig("turnwise.http.bulk");
        this.system = system;
        this.sessions = sessions;
        this.clock = clock;
        this.bounds = new LineBatches.Bounds(
                bulk.getInt("batch-lines"),
                (int) Math.min(Mailboxes.ASKED_BYTES_MAX, bulk.getBytes("batch-max")),
                Math.toIntExact(bulk.getBytes("line-max")),
                bulk.getDuration("idle"));
        this.patience = BulkBids.Patience.of(bulk);
        this.stopWait = bulk.getDuration("stop-wait");
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseServiceUnbind(), "end-bids-in-bulk", this::end);
    }

    /** What is asked is answered while there are mailboxes to answer it; nothing more is read. */
    private CompletionStage<Done> end() {
        open.abort(new LineBatches.Stopping());
        return CompletableFuture.allOf(answering.values().toArray(CompletableFuture<?>[]::new))
                .handle((ended, failure) -> Done.getInstance())
                .completeOnTimeout(Done.getInstance(), stopWait.toMillis(), TimeUnit.MILLISECONDS);
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/api/bids", Access.MEMBER, this::placeBids));
    }

    private CompletionStage<HttpResponse> placeBids(Exchange exchange) {
        if (!isLines(exchange.request().entity().getContentType().mediaType())) {
            throw new ProblemException(BulkRejection.NOT_LINES);
        }
        if (exchange.request().getHeader("Idempotency-Key").isPresent()
                || exchange.request().getHeader("If-Match").isPresent()) {
            throw new ProblemException(BulkRejection.NOT_OF_THE_WHOLE);
        }
        BulkBids bids =
                new BulkBids(sessions, patience, clock, exchange.principal(), exchange.caller(), exchange.requestId());
        Source<ByteString, ?> body = exchange.bodyBytes();
        return exchange.request().getHeader("Expect").isPresent()
                ? whenItComes(body).thenApply(coming -> answered(bids, coming))
                : exchange.done(answered(bids, body));
    }

    private static boolean isLines(MediaType type) {
        return type.equals(ContentTypes.NO_CONTENT_TYPE.mediaType())
                || (type.isApplication() && SUBTYPES.contains(type.subType()));
    }

    /** Who waits for leave to send gets it when the body is read, and must not get the answer before that. */
    private CompletionStage<Source<ByteString, NotUsed>> whenItComes(Source<ByteString, ?> body) {
        return body.prefixAndTail(1)
                .runWith(Sink.head(), system)
                .thenApply(coming -> Source.from(coming.first()).concat(coming.second()));
    }

    private HttpResponse answered(BulkBids bids, Source<ByteString, ?> body) {
        Source<ByteString, ?> answers = body.via(open.flow())
                .via(new LineBatches(bounds))
                .map(bids::read)
                .mapAsync(1, bids::ask)
                .async(DISPATCHER, BATCHES_TO_WRITE) // written while the next are read and asked
                .takeWhile(batch -> !batch.isLast(), true)
                .map(batch -> ByteString.fromArrayUnsafe(bids.write(batch)))
                .watchTermination((started, ended) -> {
                    CompletableFuture<Done> answered = ended.toCompletableFuture();
                    answering.put(bids, answered);
                    CompletionStage<Done> unused = answered.whenComplete((done, failure) -> {
                        answering.remove(bids);
                        bids.close();
                    });
                    return started;
                });
        return HttpResponse.create().withEntity(HttpEntities.createChunked(LINES, answers));
    }
}
