package io.turnwise.projection.stream;

import io.lettuce.core.Consumer;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.turnwise.projection.Redis;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stream for one consumer of a group, over a connection of its own, since it waits in Redis. */
final class GroupReader implements AutoCloseable {

    private final Redis redis;
    private final String stream;
    private final Consumer<String> consumer;
    private final int batchMessages;
    private final Duration block;
    private @Nullable StatefulRedisConnection<String, String> connection;

    GroupReader(Redis redis, String stream, String group, String name, StreamSettings.ConsumerBounds bounds) {
        this.redis = redis;
        this.stream = stream;
        this.consumer = Consumer.from(group, name);
        this.batchMessages = bounds.batchMessages();
        this.block = bounds.block();
    }

    /** What nobody has taken yet; empty when nothing comes in time. */
    @SuppressWarnings("unchecked") // an array of one stream
    List<StreamMessage<String, String>> fresh() {
        return RedisStream.await(commands()
                .xreadgroup(
                        consumer,
                        XReadArgs.Builder.block(block).count(batchMessages),
                        XReadArgs.StreamOffset.lastConsumed(stream)));
    }

    /** What was taken and never acknowledged, by this consumer or another that is dead: the oldest first. */
    List<StreamMessage<String, String>> left() {
        return RedisStream.await(commands()
                        .xautoclaim(
                                stream,
                                XAutoClaimArgs.Builder.xautoclaim(consumer, Duration.ZERO, "0-0")
                                        .count(batchMessages)))
                .getMessages();
    }

    void acknowledge(List<StreamMessage<String, String>> messages) {
        RedisStream.await(commands()
                .xack(
                        stream,
                        consumer.getGroup(),
                        messages.stream().map(StreamMessage::getId).toArray(String[]::new)));
    }

    private RedisAsyncCommands<String, String> commands() {
        StatefulRedisConnection<String, String> current = connection;
        if (current == null) {
            current = RedisStream.await(redis.connectApart());
            connection = current;
        }
        return current.async();
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
