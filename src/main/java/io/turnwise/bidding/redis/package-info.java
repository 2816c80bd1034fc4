/**
 * Boards in Redis: what is stored under which keys, and the scripts that change and read it as one step each. Only
 * {@code bidding} depends on it. Start with {@link io.turnwise.bidding.redis.RedisBoards}.
 */
@NullMarked
package io.turnwise.bidding.redis;

import org.jspecify.annotations.NullMarked;
