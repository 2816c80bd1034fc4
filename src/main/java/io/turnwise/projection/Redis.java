package io.turnwise.projection;

import com.typesafe.config.Config;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.turnwise.journal.Outage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One pipelined connection to Redis, made when first needed and made again when lost; while it is lost, calls fail at once. */
public final class Redis implements AutoCloseable {

    private final RedisClient client;
    private final RedisURI uri;
    private final Outage outage = new Outage("Redis", "boards are read from their sessions", Redis::isAway);
    private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connecting;

    public Redis(String uri, Config config) {
        Config redis = config.getConfig("turnwise.redis");
        Duration timeout = redis.getDuration("timeout");
        this.uri = RedisURI.create(uri);
        this.uri.setTimeout(timeout);
        this.client = RedisClient.create();
        this.client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(redis.getInt("in-flight-max"))
                .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .build());
    }

    /** Runs the script; its result is a list of strings, lists and nulls, numbers as {@code Long}. */
    public CompletionStage<List<Object>> run(LuaScript script, List<String> keys, List<String> arguments) {
        String[] keyArray = keys.toArray(String[]::new);
        String[] argumentArray = arguments.toArray(String[]::new);
        return commands()
                .thenComposeAsync(
                        commands -> commands.<List<Object>>evalsha(
                                        script.sha1(), ScriptOutputType.MULTI, keyArray, argumentArray)
                                .exceptionallyComposeAsync(
                                        failure -> isUnknownScript(failure)
                                                ? commands.eval(
                                                        script.source(),
                                                        ScriptOutputType.MULTI,
                                                        keyArray,
                                                        argumentArray)
                                                : CompletableFuture.failedFuture(failure),
                                        Runnable::run),
                        Runnable::run);
    }

    public CompletionStage<RedisAsyncCommands<String, String>> commands() {
        return connection().thenApplyAsync(StatefulRedisConnection::async, Runnable::run);
    }

    /** A connection of the caller's own, for calls that wait in Redis; he closes it. */
    public CompletionStage<StatefulRedisConnection<String, String>> connectApart() {
        return client.connectAsync(StringCodec.UTF8, uri);
    }

    /** Whether this Redis is away; one that is left out of a failover and takes no writes counts as away. */
    public Outage outage() {
        return outage;
    }

    /** Anything but an answer to the command itself: no connection, no answer in time, still loading, read only. */
    static boolean isAway(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RedisLoadingException || each instanceof RedisReadOnlyException) {
                return true;
            }
            if (each instanceof RedisException) {
                return !(each instanceof RedisCommandExecutionException);
            }
        }
        return false;
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }

    /** Only the first connection may fail to come about; the client itself makes a lost one again. */
    private synchronized CompletableFuture<StatefulRedisConnection<String, String>> connection() {
        CompletableFuture<StatefulRedisConnection<String, String>> current = connecting;
        if (current == null || current.isCompletedExceptionally()) {
            current = client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
            connecting = current;
        }
        return current;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
