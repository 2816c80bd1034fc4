package io.turnwise.bidding.redis;

import io.turnwise.projection.LuaScript;
import io.turnwise.projection.Redis;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** The boards in Redis: a cache that knows by its version what it holds, and whether a turn is missing. */
public final class RedisBoards {

    /** What became of turns that were offered. */
    public enum Applied {
        APPLIED,
        /** The board is already further. */
        SKIPPED,
        /** Turns before these are missing: the board must be filled anew. */
        GAP
    }

    /**
     * What a batch of turns does to one board.
     *
     * @param firstVersion of the first event
     * @param lastVersion of the last event
     * @param meta new values, such as the inventory
     * @param removed bidders who have left the board
     * @param changed rows as they are after the batch, one per bidder, none of them removed
     */
    public record Change(
            long firstVersion,
            long lastVersion,
            Map<String, String> meta,
            Collection<String> removed,
            Collection<BoardRow> changed) {}

    /**
     * A stretch of a board.
     *
     * @param thresholdScoreMicros of the last winning place; absent while a place is free
     */
    public record Page(
            long version,
            int inventory,
            int size,
            OptionalLong highestPriceCents,
            OptionalLong thresholdScoreMicros,
            List<BoardRow> rows) {}

    private static final LuaScript APPLY = LuaScript.resource(RedisBoards.class, "apply.lua");
    private static final LuaScript PAGE = LuaScript.resource(RedisBoards.class, "page.lua");
    private static final LuaScript FILL = LuaScript.resource(RedisBoards.class, "fill.lua");
    private static final LuaScript SWAP = LuaScript.resource(RedisBoards.class, "swap.lua");
    private static final LuaScript DIGEST = LuaScript.resource(RedisBoards.class, "digest.lua");

    /** Standings of one call: one script must not hold up Redis for long. */
    private static final int FILL_ROWS = 500;

    private static final String FILL_KEPT_SECONDS = "60";

    private final Redis redis;

    public RedisBoards(Redis redis) {
        this.redis = redis;
    }

    public CompletionStage<Applied> apply(String tenant, String session, Change change) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(change.firstVersion()));
        arguments.add(Long.toString(change.lastVersion()));
        arguments.add(Integer.toString(change.meta().size()));
        arguments.addAll(flat(change.meta()));
        arguments.add(Integer.toString(change.removed().size()));
        arguments.addAll(change.removed());
        change.changed().forEach(row -> arguments.addAll(row.arguments()));
        return redis.run(APPLY, BoardKeys.of(tenant, session).all(), arguments)
                .thenApplyAsync(
                        result -> switch (((Long) result.get(0)).intValue()) {
                            case 1 -> Applied.APPLIED;
                            case 0 -> Applied.SKIPPED;
                            default -> Applied.GAP;
                        },
                        Runnable::run);
    }

    /** Whether the failure is that Redis is away. */
    public boolean isAway(Throwable failure) {
        return redis.outage().explains(failure);
    }

    /** A page; empty when Redis does not have this board, or does not serve it. */
    public CompletionStage<Optional<Page>> page(String tenant, String session, int offset, int limit) {
        List<String> arguments = List.of(Integer.toString(offset), Integer.toString(limit));
        return redis.run(PAGE, BoardKeys.of(tenant, session).all(), arguments)
                .thenApplyAsync(RedisBoards::readPage, Runnable::run);
    }

    private static Optional<Page> readPage(List<Object> result) {
        if (result.isEmpty()) {
            return Optional.empty();
        }
        List<BoardRow> rows = new ArrayList<>();
        for (int at = 5; at < result.size(); at += 3) {
            rows.add(BoardRow.read((String) result.get(at), (String) result.get(at + 1), (String) result.get(at + 2)));
        }
        return Optional.of(new Page(
                Long.parseLong((String) result.get(0)),
                Integer.parseInt((String) result.get(1)),
                ((Long) result.get(2)).intValue(),
                leading((String) result.get(3)),
                leading((String) result.get(4)),
                rows));
    }

    private static OptionalLong leading(String member) {
        return member.isEmpty() ? OptionalLong.empty() : OptionalLong.of(BoardRow.leading(member));
    }

    /**
     * Fills a board anew beside the one that serves, then swaps it in.
     *
     * @return false when the one that serves has come as far meanwhile
     */
    public CompletionStage<Boolean> replace(
            String tenant, String session, long version, Map<String, String> meta, List<BoardRow> rows) {
        BoardKeys serving = BoardKeys.of(tenant, session);
        BoardKeys fresh = serving.fresh();
        CompletionStage<List<Object>> filled = CompletableFuture.completedFuture(List.of());
        for (int from = 0; from < rows.size(); from += FILL_ROWS) {
            List<String> arguments = new ArrayList<>();
            arguments.add(FILL_KEPT_SECONDS);
            rows.subList(from, Math.min(from + FILL_ROWS, rows.size()))
                    .forEach(row -> arguments.addAll(row.arguments()));
            filled = filled.thenComposeAsync(before -> redis.run(FILL, fresh.standings(), arguments), Runnable::run);
        }
        List<String> keys = new ArrayList<>(serving.all());
        keys.addAll(fresh.standings());
        List<String> arguments = new ArrayList<>(List.of(Long.toString(version)));
        arguments.addAll(flat(meta));
        return filled.thenComposeAsync(done -> redis.run(SWAP, keys, arguments), Runnable::run)
                .thenApplyAsync(result -> ((Long) result.get(0)) == 1, Runnable::run);
    }

    /** Takes a board out, whatever it holds: reads go to the session itself until it is filled anew. */
    public CompletionStage<Long> forget(String tenant, String session) {
        String[] keys = BoardKeys.of(tenant, session).all().toArray(String[]::new);
        return redis.commands().thenComposeAsync(commands -> commands.unlink(keys), Runnable::run);
    }

    /**
     * What a board holds, short enough to be compared.
     *
     * @param version empty when there is no board
     * @param details of what else is known of each bidder: time and name
     */
    public record Digest(OptionalLong version, String places, String prices, String details) {

        public static Digest of(long version, List<BoardRow> rows) {
            List<BoardRow> ranked = sorted(rows, BoardRow::placeMember);
            return new Digest(
                    OptionalLong.of(version),
                    sha1(ranked.stream().map(BoardRow::placeMember)),
                    sha1(sorted(rows, BoardRow::priceMember).stream().map(BoardRow::priceMember)),
                    sha1(ranked.stream().flatMap(row -> Stream.of(row.stored(), row.shownName()))));
        }
    }

    public CompletionStage<Digest> digest(String tenant, String session) {
        return redis.run(DIGEST, BoardKeys.of(tenant, session).all(), List.of())
                .thenApplyAsync(
                        result -> {
                            String version = (String) result.get(0);
                            return new Digest(
                                    version.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(version)),
                                    (String) result.get(1),
                                    (String) result.get(2),
                                    (String) result.get(3));
                        },
                        Runnable::run);
    }

    /** In the order of Redis, which is that of the bytes and not that of Java's strings. */
    private static List<BoardRow> sorted(List<BoardRow> rows, Function<BoardRow, String> member) {
        return rows.stream()
                .sorted((one, other) -> Arrays.compareUnsigned(
                        member.apply(one).getBytes(StandardCharsets.UTF_8),
                        member.apply(other).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static String sha1(Stream<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            boolean first = true;
            for (String line : (Iterable<String>) lines::iterator) {
                if (!first) {
                    digest.update((byte) '\n');
                }
                first = false;
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-1", e);
        }
    }

    private static List<String> flat(Map<String, String> map) {
        return map.entrySet().stream()
                .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
                .toList();
    }
}
