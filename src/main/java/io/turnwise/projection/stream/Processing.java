package io.turnwise.projection.stream;

import io.turnwise.projection.stream.StreamLedger.Fenced;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the effects of messages, each once, of each entity in order; what cannot be processed becomes a dead letter. */
final class Processing {

    private static final Logger log = LoggerFactory.getLogger(Processing.class);

    private final String stream;
    private final String group;
    private final ReadModel model;
    private final Jdbi jdbi;
    private final StreamLedger ledger;
    private final StreamDeadLetters letters;
    private final StreamSettings.ConsumerBounds bounds;
    private final Predicate<Throwable> isAway;
    private final Pause pause;
    private final StreamCounters counters;

    /** Waits for so long. */
    @FunctionalInterface
    interface Pause {
        /** False when the consumer is to stop. */
        boolean of(Duration duration);
    }

    Processing(
            String stream,
            String group,
            ReadModel model,
            Jdbi jdbi,
            StreamSettings.ConsumerBounds bounds,
            Predicate<Throwable> isAway,
            Pause pause,
            StreamCounters counters) {
        this.stream = stream;
        this.group = group;
        this.model = model;
        this.jdbi = jdbi;
        this.ledger = new StreamLedger(jdbi);
        this.letters = new StreamDeadLetters(jdbi);
        this.bounds = bounds;
        this.isAway = isAway;
        this.pause = pause;
        this.counters = counters;
    }

    /** Stopped between two attempts; nothing is acknowledged. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Processes a batch: together if that goes well, else one by one. When it returns, each is done or a dead letter. */
    void process(long epoch, List<Published> messages) {
        if (messages.size() < 2) {
            messages.forEach(message -> process(epoch, message));
            return;
        }
        try {
            transact(epoch, messages);
        } catch (RuntimeException e) {
            if (isNobodysFault(e)) {
                throw e;
            }
            messages.forEach(message -> process(epoch, message));
        }
    }

    private void process(long epoch, Published message) {
        Duration wait = bounds.firstPause();
        for (int attempt = 0; ; attempt++) {
            try {
                ledger.keep(stream, group, epoch, bounds.lease());
                transact(epoch, List.of(message));
                return;
            } catch (RuntimeException e) {
                if (isNobodysFault(e)) {
                    throw e;
                }
                counters.errorsSum.increment();
                if (attempt == bounds.retries()) {
                    bury(epoch, message, e);
                    return;
                }
                counters.retriesSum.increment();
                if (!pause.of(wait)) {
                    throw new Stopped();
                }
                wait = wait.multipliedBy(2);
            }
        }
    }

    private boolean isNobodysFault(RuntimeException failure) {
        return failure instanceof Fenced || failure instanceof Stopped || isAway.test(failure);
    }

    private void bury(long epoch, Published message, RuntimeException failure) {
        log.error("Message {} of {} is a dead letter of {}", message.id(), stream, group, failure);
        durably(epoch, handle -> {
            StreamDeadLetters.store(
                    handle, stream, group, message, StreamDeadLetters.PROCESSING_ERROR, String.valueOf(failure));
            moveOn(handle, List.of(message));
        });
        counters.deadLettersSum.increment();
    }

    void buryMalformed(long epoch, String redisId, Map<String, String> fields, IllegalArgumentException failure) {
        log.error("Message {} of {} cannot be read: {}", redisId, stream, failure.getMessage());
        durably(
                epoch,
                handle -> StreamDeadLetters.storeMalformed(
                        handle, stream, group, redisId, fields, String.valueOf(failure.getMessage())));
        counters.deadLettersSum.increment();
    }

    /** What is acknowledged must not be lost when Postgres crashes. */
    private void durably(long epoch, java.util.function.Consumer<Handle> work) {
        jdbi.useTransaction(handle -> {
            handle.execute("SET LOCAL synchronous_commit = on");
            // who hangs in the middle of it must not keep others from taking over
            handle.execute("SET LOCAL idle_in_transaction_session_timeout = "
                    + bounds.lease().toMillis());
            StreamLedger.fence(handle, stream, group, epoch);
            work.accept(handle);
        });
    }

    private void transact(long epoch, List<Published> messages) {
        if (model instanceof ReadModel.InPostgres inPostgres) {
            int[] counts = new int[2];
            durably(epoch, handle -> {
                Map<String, Long> blocked = blocked(handle, messages);
                for (Published message : messages) {
                    if (mustWait(message, blocked)) {
                        counts[1] += park(handle, message);
                    } else if (StreamLedger.mark(handle, stream, group, message)) {
                        inPostgres.apply(handle, message);
                        counts[0]++;
                    }
                }
                moveOn(handle, messages);
            });
            counters.processedSum.add(counts[0]);
            counters.deadLettersSum.add(counts[1]);
            counters.duplicatesSum.add(messages.size() - counts[0] - counts[1]);
        } else {
            transactInRedis(epoch, (ReadModel.InRedis) model, messages);
        }
    }

    private void transactInRedis(long epoch, ReadModel.InRedis inRedis, List<Published> messages) {
        Map<String, Long> blocked = jdbi.inTransaction(handle -> {
            StreamLedger.fence(handle, stream, group, epoch);
            return blocked(handle, messages);
        });
        for (Published message : messages) {
            if (mustWait(message, blocked)) {
                durably(epoch, handle -> park(handle, message));
                counters.deadLettersSum.increment();
            } else if (RedisStream.await(inRedis.apply(message))) {
                counters.processedSum.increment();
            } else {
                counters.duplicatesSum.increment();
            }
        }
    }

    private Map<String, Long> blocked(Handle handle, List<Published> messages) {
        return StreamDeadLetters.blocked(
                handle,
                stream,
                group,
                messages.stream().map(Published::entity).distinct().toList());
    }

    private static boolean mustWait(Published message, Map<String, Long> blocked) {
        return message.version() >= blocked.getOrDefault(message.entity(), Long.MAX_VALUE);
    }

    private int park(Handle handle, Published message) {
        return StreamDeadLetters.park(handle, stream, group, message);
    }

    /** A read model in Redis is lost with the stream, and then wants everything again: it never gets on. */
    private void moveOn(Handle handle, List<Published> messages) {
        if (model instanceof ReadModel.InPostgres) {
            StreamLedger.move(handle, stream, group, messages);
        }
    }

    /** Tries dead letters again that somebody wants tried. */
    void retryLetters(long epoch) {
        String failed = "";
        for (StreamDeadLetters.Letter letter : letters.due(stream, group, bounds.lettersPage())) {
            if (letter.entity().equals(failed)) {
                continue; // it is not due any more
            }
            ledger.keep(stream, group, epoch, bounds.lease());
            counters.retriesSum.increment();
            try {
                retry(epoch, letter);
            } catch (RuntimeException e) {
                if (isNobodysFault(e)) {
                    throw e;
                }
                counters.errorsSum.increment();
                letters.failedAgain(letter, String.valueOf(e));
                failed = letter.entity();
            }
        }
    }

    private void retry(long epoch, StreamDeadLetters.Letter letter) {
        Published message = letter.message();
        if (model instanceof ReadModel.InRedis inRedis) {
            RedisStream.await(inRedis.apply(message));
        }
        durably(epoch, handle -> {
            if (model instanceof ReadModel.InPostgres inPostgres && StreamLedger.mark(handle, stream, group, message)) {
                inPostgres.apply(handle, message);
            }
            StreamDeadLetters.done(handle, letter.id());
        });
        counters.processedSum.increment();
    }
}
