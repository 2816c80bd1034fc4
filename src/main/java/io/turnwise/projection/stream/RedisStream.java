package io.turnwise.projection.stream;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.turnwise.journal.JournalOffset;
import io.turnwise.projection.LuaScript;
import io.turnwise.projection.Redis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** One stream in Redis, which knows whether it is whole. */
final class RedisStream {

    /** What became of messages that were to be added. */
    enum Outcome {
        ADDED,
        /** Redis has lost messages, or the stream is being filled anew: nothing was added. */
        LOST,
        /** There is no room until readers come on: nothing was added. */
        FULL
    }

    private static final LuaScript ADD = LuaScript.resource(RedisStream.class, "add.lua");
    private static final LuaScript OPEN = LuaScript.resource(RedisStream.class, "open.lua");
    private static final LuaScript TRIM = LuaScript.resource(RedisStream.class, "trim.lua");

    private final Redis redis;
    private final String stream;
    private final int lengthMax;

    RedisStream(Redis redis, String stream, int lengthMax) {
        this.redis = redis;
        this.stream = stream;
        this.lengthMax = lengthMax;
    }

    /**
     * Adds messages of one source, all or none.
     *
     * @param state in which the stream has to be
     * @param known up to where messages of this source must be there already
     */
    CompletionStage<Outcome> add(String state, String source, JournalOffset known, List<Published> messages) {
        List<String> arguments = new ArrayList<>(6 + messages.size() * Published.WIDTH);
        arguments.add(state);
        arguments.add(Integer.toString(lengthMax));
        arguments.add(source);
        arguments.add(known.toString());
        arguments.add(messages.get(messages.size() - 1).offset().toString());
        arguments.add(Integer.toString(Published.WIDTH));
        messages.forEach(message -> arguments.addAll(message.flat()));
        return redis.run(ADD, List.of(stream, stateKey(), "{" + stream + "}:published"), arguments)
                .thenApplyAsync(answer -> Outcome.valueOf((String) answer.get(0)), Runnable::run);
    }

    /** In which state it is: a generation, or whose filling; empty when it is lost. */
    String state() {
        String state = await(redis.commands().thenComposeAsync(commands -> commands.get(stateKey()), Runnable::run));
        return state == null ? "" : state;
    }

    /** Nobody adds to it any more but who knows this state. */
    void close(String state) {
        await(redis.commands().thenComposeAsync(commands -> commands.set(stateKey(), state), Runnable::run));
    }

    /** Whether it was still in the first state and is now in the second. */
    boolean open(String from, String to) {
        return (Long) await(redis.run(OPEN, List.of(stateKey()), List.of(from, to)))
                        .get(0)
                == 1;
    }

    /** Makes a group that reads what is added from now on, if it is not there. */
    void createGroup(String group) {
        try {
            await(redis.commands()
                    .thenComposeAsync(
                            commands -> commands.xgroupCreate(
                                    XReadArgs.StreamOffset.from(stream, "$"),
                                    group,
                                    XGroupCreateArgs.Builder.mkstream()),
                            Runnable::run));
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof RedisBusyException)) {
                throw e;
            }
        }
    }

    void trim(Collection<String> groups) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(lengthMax / 2));
        arguments.addAll(groups);
        await(redis.run(TRIM, List.of(stream), arguments));
    }

    /** Messages in it, those that are acknowledged and not dropped yet included. */
    long length() {
        return await(redis.commands().thenComposeAsync(commands -> commands.xlen(stream), Runnable::run));
    }

    /** The braces keep it where the stream is in a Redis of several nodes. */
    private String stateKey() {
        return "{" + stream + "}:state";
    }

    /** The client gives up in time by itself. */
    static <T> T await(CompletionStage<T> answer) {
        CompletableFuture<T> future = answer.toCompletableFuture();
        return future.join();
    }
}
