package io.turnwise.projection;

import akka.Done;
import akka.actor.ActorSelection;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.sharding.typed.ShardedDaemonProcessSettings;
import akka.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/** Workers that are kept running, each once in the whole cluster. */
public final class Daemons {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Daemons() {}

    /**
     * Starts this node's part of them.
     *
     * @param stop what a worker is told; absent if it may be stopped at any time
     */
    public static <T> void start(
            ActorSystem<?> system,
            Class<T> messages,
            String name,
            int count,
            IntFunction<Behavior<T>> worker,
            Optional<T> stop) {
        ShardedDaemonProcess.get(system)
                .init(messages, name, count, worker, ShardedDaemonProcessSettings.create(system), stop);
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceStop(),
                        "keep-" + name + "-alive-no-more",
                        () -> stopKeepingAlive(system, name));
    }

    /**
     * Akka keeps workers alive by a message to each, from the oldest node. One that comes when they are being stopped waits
     * for a new home; where there is no other node there is none, and the stop waits with it to the end of its phase
     * (akka-core issue 33001).
     */
    private static CompletionStage<Done> stopKeepingAlive(ActorSystem<?> system, String name) {
        String keeper = "ShardedDaemonProcessCoordinator-" + name;
        ActorSelection selection =
                Adapter.toClassic(system).actorSelection("/system/singletonManager" + keeper + "/" + keeper);
        return selection
                .resolveOne(PATIENCE)
                .thenCompose(found -> Patterns.gracefulStop(found, PATIENCE))
                .handle((stopped, failure) -> Done.getInstance()); // it lives on another node, which goes on
    }
}
