package io.turnwise.projection.stream;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.turnwise.journal.Outage;
import io.turnwise.projection.Redis;
import io.turnwise.projection.stream.StreamLedger.Fenced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of a group: it carries the messages of a stream into a read model, on a thread of its own.
 *
 * <p>Of a group one works at a time, so that messages of an entity stay in order; the others wait to take over. A message is
 * acknowledged when its effect is durable, or it is stored as a dead letter.
 */
public final class StreamConsumer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamConsumer.class);

    private final String stream;
    private final String group;
    private final String name;
    private final StreamSettings.ConsumerBounds bounds;
    private final StreamLedger ledger;
    private final Redis redis;
    private final GroupReader reader;
    private final Processing processing;
    private final Seen seen;
    private final boolean marksInPostgres;
    private final StreamCounters counters = new StreamCounters();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean working;
    private OptionalLong epoch = OptionalLong.empty();
    private boolean nothingLeft;
    private long keepAtNanos;
    private long lettersAtNanos;

    /**
     * A consumer that does nothing until it is started.
     *
     * @param name of this consumer, another one than that of any other in its group
     */
    public StreamConsumer(
            String stream,
            String group,
            String name,
            ReadModel model,
            Redis redis,
            Jdbi jdbi,
            StreamSettings.ConsumerBounds bounds) {
        this.stream = stream;
        this.group = group;
        this.name = name;
        this.bounds = bounds;
        this.ledger = new StreamLedger(jdbi);
        this.redis = redis;
        this.reader = new GroupReader(redis, stream, group, name, bounds);
        this.processing = new Processing(stream, group, model, jdbi, bounds, this::isAway, this::pause, counters);
        this.seen = new Seen(bounds.remembered());
        this.marksInPostgres = model instanceof ReadModel.InPostgres;
    }

    /** Whether this call has started it; it can be started once only. */
    public boolean start() {
        if (!started.compareAndSet(false, true)) {
            return false;
        }
        Thread thread = new Thread(this::run, "stream-" + group + "-" + name);
        thread.setDaemon(true);
        thread.start();
        return true;
    }

    public boolean isRunning() {
        return started.get() && ended.getCount() > 0;
    }

    /** Whether this is the one of its group that works, rather than one that waits to take over. */
    public boolean isWorking() {
        return working;
    }

    public StreamCounters counters() {
        return counters;
    }

    /** Stops when the batch in hand is done, and lets another one take over at once. */
    @Override
    public void close() {
        stopping.countDown();
        if (started.compareAndSet(false, true)) {
            ended.countDown();
            return;
        }
        try {
            long wait = bounds.block().toMillis() + bounds.lease().toMillis();
            if (!ended.await(wait, TimeUnit.MILLISECONDS)) {
                log.warn("Consumer {} of {} still has a batch in hand", name, group);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                step();
            }
            if (epoch.isPresent()) {
                ledger.keep(stream, group, epoch.getAsLong(), Duration.ZERO);
            }
        } catch (RuntimeException e) {
            log.debug("Consumer {} of {} stops without a word to the others", name, group, e);
        } finally {
            working = false;
            ended.countDown();
            reader.close();
        }
    }

    private void step() {
        try {
            if (epoch.isEmpty()) {
                takeOver();
            } else {
                work(epoch.getAsLong());
            }
        } catch (Fenced e) {
            log.info("{}", e.getMessage());
            epoch = OptionalLong.empty();
            working = false;
        } catch (Processing.Stopped e) {
            log.debug("Consumer {} of {} stops between two attempts", name, group, e);
        } catch (RuntimeException e) {
            nothingLeft = false; // what was taken is not acknowledged
            if (!isAway(e) && !isWithoutGroup(e)) {
                log.error("Consumer {} of {} failed; it goes on after a pause", name, group, e);
            }
            pause(bounds.awayPause());
        }
    }

    private void takeOver() {
        ledger.register(stream, group);
        epoch = ledger.take(stream, group, name, bounds.lease());
        if (epoch.isEmpty()) {
            pause(bounds.lease().dividedBy(5));
            return;
        }
        seen.clear();
        nothingLeft = false;
        keepAtNanos = System.nanoTime() + bounds.lease().toNanos() / 3;
        working = true;
    }

    private void work(long owned) {
        if (System.nanoTime() - keepAtNanos > 0) {
            ledger.keep(stream, group, owned, bounds.lease());
            keepAtNanos = System.nanoTime() + bounds.lease().toNanos() / 3;
        }
        if (System.nanoTime() - lettersAtNanos > 0) {
            processing.retryLetters(owned);
            lettersAtNanos = System.nanoTime() + bounds.lettersInterval().toNanos();
        }
        List<StreamMessage<String, String>> batch = nothingLeft ? reader.fresh() : reader.left();
        if (batch.isEmpty()) {
            nothingLeft = true;
            return;
        }
        carry(owned, batch);
        reader.acknowledge(batch);
    }

    private void carry(long owned, List<StreamMessage<String, String>> batch) {
        List<Published> fresh = new ArrayList<>();
        for (StreamMessage<String, String> each : batch) {
            try {
                Published message = Published.of(each.getBody());
                if (seen.contains(message.id())) {
                    counters.duplicatesSum.increment();
                } else {
                    fresh.add(message);
                }
            } catch (IllegalArgumentException e) {
                processing.buryMalformed(owned, each.getId(), each.getBody(), e);
            }
        }
        processing.process(owned, fresh);
        if (marksInPostgres) { // Redis may forget what it has done, and then has to do it again
            fresh.forEach(message -> seen.add(message.id()));
        }
    }

    private boolean pause(Duration duration) {
        try {
            return !stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
            return false;
        }
    }

    private boolean isAway(Throwable failure) {
        return redis.outage().explains(failure) || Outage.isPostgresAway(failure);
    }

    /** The keeper of the stream makes it, once it has seen that it is wanted or lost. */
    private static boolean isWithoutGroup(Throwable failure) {
        return failure.getCause() instanceof RedisCommandExecutionException refused
                && String.valueOf(refused.getMessage()).startsWith("NOGROUP");
    }
}
