package io.turnwise.turn;

import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.ShardingMessageExtractor;

/** Which shard an entity is in, as Akka computes it; the names are made once instead of once per message. */
final class ShardNames extends ShardingMessageExtractor<ShardingEnvelope<Message>, Message> {

    private final String[] names;

    ShardNames(int shards) {
        names = new String[shards];
        for (int shard = 0; shard < shards; shard++) {
            names[shard] = Integer.toString(shard);
        }
    }

    @Override
    public String entityId(ShardingEnvelope<Message> envelope) {
        return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
        return names[Math.floorMod(entityId.hashCode(), names.length)];
    }

    @Override
    public Message unwrapMessage(ShardingEnvelope<Message> envelope) {
        return envelope.message();
    }
}
