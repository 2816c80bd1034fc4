package io.turnwise.projection.stream;

import com.typesafe.config.Config;
import io.turnwise.journal.Slices;
import java.time.Duration;
import java.util.List;

/**
 * Bounds of all streams, from {@code turnwise.streams}.
 *
 * @param ranges of slices that the workers of a view read
 */
public record StreamSettings(
        List<String> published,
        List<Slices.Range> ranges,
        int lengthMax,
        int batchMessages,
        Duration keepInterval,
        Duration fullPause,
        Duration cleanInterval,
        Duration lettersKept,
        OutboxBounds outbox,
        ConsumerBounds consumer) {

    /**
     * Of rows that are written outside of entities.
     *
     * @param claim how long rows belong to who took them
     * @param kept how long sent rows are kept
     */
    public record OutboxBounds(Duration poll, Duration claim, int attemptsMax, Duration kept) {}

    /**
     * Of whoever reads.
     *
     * @param block how long Redis waits for a message; below its timeout
     * @param lease after which a silent consumer is dead
     * @param remembered messages that are known in memory to be done
     */
    public record ConsumerBounds(
            int batchMessages,
            Duration block,
            Duration lease,
            int retries,
            Duration firstPause,
            Duration awayPause,
            int remembered,
            Duration lettersInterval,
            int lettersPage) {}

    public static StreamSettings of(Config config) {
        Config streams = config.getConfig("turnwise.streams");
        Config outbox = streams.getConfig("outbox");
        Config consumer = streams.getConfig("consumer");
        return new StreamSettings(
                List.copyOf(streams.getStringList("published")),
                Slices.ranges(config.getInt("turnwise.projection.workers")),
                streams.getInt("length-max"),
                streams.getInt("batch-messages"),
                streams.getDuration("keep-interval"),
                streams.getDuration("full-pause"),
                streams.getDuration("clean-interval"),
                streams.getDuration("letters-kept"),
                new OutboxBounds(
                        outbox.getDuration("poll"),
                        outbox.getDuration("claim"),
                        outbox.getInt("attempts-max"),
                        outbox.getDuration("kept")),
                new ConsumerBounds(
                        consumer.getInt("batch-messages"),
                        consumer.getDuration("block"),
                        consumer.getDuration("lease"),
                        consumer.getInt("retries"),
                        consumer.getDuration("first-pause"),
                        consumer.getDuration("away-pause"),
                        consumer.getInt("remembered"),
                        consumer.getDuration("letters-interval"),
                        consumer.getInt("letters-page")));
    }

    /** The key of the range that an entity falls into. */
    String sourceOf(String persistenceId) {
        int slice = Slices.of(persistenceId);
        return ranges.get(slice / (Slices.COUNT / ranges.size())).toString();
    }
}
